import { describe, expect, it } from 'vitest';
import {
  askedUntil,
  type Closing,
  datesInReach,
  type Held,
  isAtRest,
  isTouched,
  isUnanswered,
  leaving,
  leftOf,
  type MovedFrom,
  moveState,
  type Nearby,
  nearest,
  planMoves,
  toldAt,
} from '../../shared/domain/closures.ts';
import { quietUntil } from '../../shared/domain/quiet-hours.ts';

const ZONE = 'Asia/Shanghai';
const NOW = '2026-11-23T02:00:00.000Z'; // 10:00
const DAY = '2026-11-25';
/** An instant from a wall time in Shanghai, which has had no summer time for long. */
const at = (date: string, time: string): string => new Date(`${date}T${time}:00.000+08:00`).toISOString();

const slot = (date: string, time: string, more: Partial<Nearby> = {}): Nearby => ({
  slotId: `${more.siteId ?? 'own'} ${date} ${time}`,
  kind: 'donation',
  procedure: 'whole-blood',
  startsAt: at(date, time),
  endsAt: new Date(Date.parse(at(date, time)) + 3_600_000).toISOString(),
  date,
  zone: ZONE,
  siteId: 'own',
  district: 'north',
  free: 1,
  cutoffMinutes: 60,
  ...more,
});
const from = (time: string): MovedFrom => ({
  date: DAY,
  startsAt: at(DAY, time),
  zone: ZONE,
  procedure: 'whole-blood',
  siteId: 'own',
  district: 'north',
});
const any = () => true;

describe('a closure touches', () => {
  const closing = (more: Partial<Closing> = {}): Closing => ({ from: DAY, to: '2026-11-26', places: 0, ...more });
  const touches = (more: Partial<Closing>, date: string, time: string) =>
    isTouched(closing(more), slot(date, time), NOW);

  it('every slot of its days, and none before or after', () => {
    expect(touches({}, '2026-11-24', '23:00')).toBe(false);
    expect(touches({}, DAY, '00:00')).toBe(true);
    expect(touches({}, '2026-11-26', '23:00')).toBe(true);
    expect(touches({}, '2026-11-27', '00:00')).toBe(false);
  });
  it('what is under way at some moment of its hours', () => {
    const hours = { fromTime: '10:00', toTime: '12:00' };
    expect(touches(hours, DAY, '09:00')).toBe(false);
    expect(touches(hours, DAY, '09:01')).toBe(true);
    expect(touches(hours, DAY, '11:59')).toBe(true);
    expect(touches(hours, DAY, '12:00')).toBe(false);
    expect(touches({ fromTime: '12:00' }, DAY, '23:30')).toBe(true);
    expect(touches({ toTime: '24:00' }, DAY, '23:30')).toBe(true);
    expect(touches({ toTime: '08:00' }, DAY, '08:00')).toBe(false);
  });
  it('its procedure alone, where it names one', () => {
    const platelets = slot(DAY, '10:00', { procedure: 'platelets' });
    expect(isTouched(closing({ procedure: 'whole-blood' }), platelets, NOW)).toBe(false);
    expect(isTouched(closing({ procedure: 'platelets' }), platelets, NOW)).toBe(true);
    expect(isTouched(closing(), platelets, NOW)).toBe(true);
  });
  it('nothing that has begun', () => {
    const today = closing({ from: '2026-11-23' });
    expect(isTouched(today, slot('2026-11-23', '10:00'), NOW)).toBe(false);
    expect(isTouched(today, slot('2026-11-23', '10:01'), NOW)).toBe(true);
  });
  it('an hour that clocks skip from its end on, and one that they repeat twice', () => {
    const berlin = (startsAt: string, date: string): Nearby => ({
      ...slot(date, '10:00'),
      zone: 'Europe/Berlin',
      startsAt,
      endsAt: new Date(Date.parse(startsAt) + 1_800_000).toISOString(),
    });
    const spring = closing({ from: '2027-03-28', to: '2027-03-28', fromTime: '02:30', toTime: '04:00' });
    expect(isTouched(spring, berlin('2027-03-28T00:30:00.000Z', '2027-03-28'), NOW)).toBe(false);
    expect(isTouched(spring, berlin('2027-03-28T01:00:00.000Z', '2027-03-28'), NOW)).toBe(true);
    const autumn = closing({ from: '2027-10-31', to: '2027-10-31', fromTime: '02:00', toTime: '03:00' });
    expect(isTouched(autumn, berlin('2027-10-31T00:30:00.000Z', '2027-10-31'), NOW)).toBe(true);
    expect(isTouched(autumn, berlin('2027-10-31T01:30:00.000Z', '2027-10-31'), NOW)).toBe(true);
    expect(isTouched(autumn, berlin('2027-10-31T02:00:00.000Z', '2027-10-31'), NOW)).toBe(false);
  });
});

describe('slots that are not there yet', () => {
  it('are made as the closures that hold leave them', () => {
    const [ten, noon, four] = [slot(DAY, '10:00'), slot(DAY, '12:00'), slot(DAY, '16:00')].map((each) => ({
      ...each,
      places: 4,
    }));
    if (!ten || !noon || !four) throw new Error('three slots');
    const closing = (more: Partial<Closing>): Closing => ({ from: DAY, to: DAY, places: 0, ...more });
    const cut = closing({ toTime: '13:00', places: 2 });
    const loose = closing({ places: 9 });
    expect(leftOf([ten, noon, four], [closing({ toTime: '12:00' }), cut, loose], NOW)).toEqual([
      { ...noon, places: 2 },
      four,
    ]);
    expect(leftOf([ten], [], NOW)).toEqual([ten]);
  });
});

describe('who has to leave', () => {
  const held = (bookingId: string, minute: number, status: Held['status'] = 'booked'): Held => ({
    bookingId,
    status,
    createdAt: `2026-11-01T00:0${minute}:00.000Z`,
  });
  const ids = (list: readonly Held[]) => list.map(({ bookingId }) => bookingId);
  const four = [held('c', 3), held('a', 1), held('d', 4), held('b', 2)];

  it('is whoever booked last, and whoever booked first chooses first', () => {
    expect(ids(leaving(four, 2))).toEqual(['c', 'd']);
    expect(ids(leaving(four, 0))).toEqual(['a', 'b', 'c', 'd']);
    expect(ids(leaving(four, 3))).toEqual(['d']);
  });
  it('is nobody where there is room for all', () => {
    expect(leaving(four, 4)).toEqual([]);
    expect(leaving(four, 9)).toEqual([]);
  });
  it('is nobody who is there already, or has a place no more', () => {
    const mixed = [held('a', 1), held('b', 2), held('here', 3, 'arrived'), held('gone', 4, 'cancelled')];
    expect(ids(leaving(mixed, 2))).toEqual(['b']);
    expect(ids(leaving(mixed, 0))).toEqual(['a', 'b']);
    expect(ids(leaving([held('x', 1, 'arrived'), held('y', 2, 'arrived')], 1))).toEqual([]);
  });
  it('is told apart by name where two booked at one moment', () => {
    expect(ids(leaving([held('b', 1), held('a', 1)], 1))).toEqual(['b']);
  });
});

describe('the nearest place', () => {
  const order = (slots: Nearby[], time = '10:00'): string[] => {
    const found: string[] = [];
    for (let left = slots; ; ) {
      const next = nearest(from(time), left, any, NOW);
      if (!next) return found;
      found.push(next.slotId);
      left = left.filter(({ slotId }) => slotId !== next.slotId);
    }
  };

  it('is at the same site that day at the time closest, then in the district, then on the days after, then further away', () => {
    const near = { siteId: 'near' };
    const far = { siteId: 'far', district: 'south' };
    const wanted = [
      slot(DAY, '11:00'),
      slot(DAY, '08:00'),
      slot(DAY, '15:00'),
      slot(DAY, '10:00', near),
      slot('2026-11-26', '10:00'),
      slot('2026-11-26', '17:00'),
      slot('2026-11-26', '10:00', near),
      slot('2026-11-27', '09:00'),
      slot('2026-12-02', '10:00', near),
      slot(DAY, '10:00', far),
      slot('2026-11-26', '10:00', far),
    ];
    expect(order(wanted.toReversed())).toEqual(wanted.map(({ slotId }) => slotId));
  });
  it('is closest to the minute', () => {
    expect(order([slot(DAY, '10:30'), slot(DAY, '09:45')], '10:10')).toEqual([
      'own 2026-11-25 10:30',
      'own 2026-11-25 09:45',
    ]);
    expect(order([slot(DAY, '11:05'), slot(DAY, '09:50')], '10:30')).toEqual([
      'own 2026-11-25 11:05',
      'own 2026-11-25 09:50',
    ]);
    expect(order([slot(DAY, '13:00'), slot(DAY, '07:59')], '10:30')).toEqual([
      'own 2026-11-25 13:00',
      'own 2026-11-25 07:59',
    ]);
    expect(order([slot(DAY, '10:50'), slot(DAY, '09:10')], '09:55')).toEqual([
      'own 2026-11-25 09:10',
      'own 2026-11-25 10:50',
    ]);
  });
  it('is closest by the clock also where an hour’s end lies between', () => {
    expect(order([slot(DAY, '09:20'), slot(DAY, '10:15')], '09:50')).toEqual([
      'own 2026-11-25 10:15',
      'own 2026-11-25 09:20',
    ]);
  });
  it('of two equally near is always the same', () => {
    const two = [slot(DAY, '11:00'), slot(DAY, '09:00')];
    expect(order(two)).toEqual(order(two.toReversed()));
  });
  it('is never before their day, nor more than a week after', () => {
    expect(datesInReach(DAY)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((n) => `2026-${n < 6 ? `11-${25 + n}` : `12-0${n - 5}`}`),
    );
    expect(order([slot('2026-11-24', '18:00'), slot('2026-12-03', '10:00')])).toEqual([]);
    expect(order([slot('2026-12-02', '10:00')])).toHaveLength(1);
  });
  it('has room, is for the same procedure, and fits', () => {
    expect(order([slot(DAY, '11:00', { free: 0 }), slot(DAY, '12:00', { procedure: 'platelets' })])).toEqual([]);
    const two = [slot(DAY, '11:00'), slot(DAY, '12:00')];
    expect(nearest(from('10:00'), two, ({ startsAt }) => startsAt === at(DAY, '12:00'), NOW)?.slotId).toBe(
      two[1]?.slotId,
    );
  });
  it('leaves three hours to hear of it and get there, and an hour to change it before the site’s cut-off', () => {
    const now = at(DAY, '08:00');
    const soon = (time: string, cutoffMinutes: number) =>
      nearest(from('10:00'), [slot(DAY, time, { cutoffMinutes })], any, now) !== undefined;
    expect(soon('10:59', 60)).toBe(false);
    expect(soon('11:00', 60)).toBe(true);
    expect(soon('11:00', 120)).toBe(true);
    expect(soon('11:00', 121)).toBe(false);
    expect(soon('13:00', 240)).toBe(true);
    expect(soon('12:59', 240)).toBe(false);
  });
});

describe('a plan', () => {
  const leaver = (bookingId: string, time = '10:00') => ({ ...from(time), bookingId, personId: bookingId });
  it('gives each the nearest that those before have left', () => {
    const slots = [slot(DAY, '11:00', { free: 2 }), slot(DAY, '13:00')];
    const plan = planMoves(
      ['a', 'b', 'c', 'd'].map((id) => leaver(id)),
      slots,
      any,
      NOW,
    );
    expect(plan.map(({ to }) => to?.slotId)).toEqual([slots[0]?.slotId, slots[0]?.slotId, slots[1]?.slotId, undefined]);
    expect(plan[3]).toEqual({ leaver: leaver('d') });
  });
  it('takes nothing from anybody for who cannot take it', () => {
    const slots = [slot(DAY, '11:00')];
    const plan = planMoves([leaver('a'), leaver('b')], slots, ({ bookingId }) => bookingId === 'b', NOW);
    expect(plan.map(({ to }) => to?.slotId)).toEqual([undefined, slots[0]?.slotId]);
  });
});

describe('people are told', () => {
  const quiet = (now: string, zone: string) => quietUntil(now, zone, { from: '21:00', to: '08:00' });
  const night = at(DAY, '22:00');
  const morning = at('2026-11-26', '08:00');

  it('at once by day', () => {
    expect(toldAt(NOW, [at(DAY, '10:00')], ZONE, quiet)).toBe(NOW);
  });
  it('in the morning, of what is not near then', () => {
    expect(toldAt(night, [at('2026-11-26', '11:00'), at('2026-11-26', '15:00')], ZONE, quiet)).toBe(morning);
  });
  it('at night, where the old time or the new one is near in the morning', () => {
    expect(toldAt(night, [at('2026-11-26', '10:59'), at('2026-11-27', '15:00')], ZONE, quiet)).toBe(night);
    expect(toldAt(night, [at('2026-11-27', '15:00'), at('2026-11-26', '10:00')], ZONE, quiet)).toBe(night);
  });
  it('and asked for a day, or until two hours before the new place, or its cut-off', () => {
    const until = (startsAt: string, cutoffMinutes = 60) => askedUntil(NOW, { startsAt, cutoffMinutes });
    expect(until(at('2026-11-25', '10:00'))).toBe(at('2026-11-24', '10:00'));
    expect(until(at('2026-11-23', '18:00'))).toBe(at('2026-11-23', '16:00'));
    expect(until(at('2026-11-24', '12:00'))).toBe(at('2026-11-24', '10:00'));
    expect(until(at('2026-11-24', '11:59'))).toBe(at('2026-11-24', '09:59'));
    expect(until(at('2026-11-23', '18:00'), 180)).toBe(at('2026-11-23', '15:00'));
  });
});

describe('what became of a move', () => {
  const move = {
    closureId: 'c1',
    to: { slotId: 'new' },
    until: '2026-11-24T02:00:00.000Z',
    accepted: false,
    returned: false,
  };
  const there = { status: 'booked', closureId: 'c1' } as const;
  it.each([
    ['asked', move, there],
    ['kept', { ...move, until: NOW }, there],
    ['accepted', { ...move, accepted: true }, there],
    ['accepted', { ...move, accepted: true, until: NOW }, there],
    ['came', move, { ...there, status: 'arrived' }],
    ['came', move, { ...there, status: 'fulfilled' }],
    ['kept', { ...move, until: NOW }, { ...there, status: 'noshow' }],
    ['cancelled', move, { ...there, status: 'cancelled' }],
    ['cancelled', { ...move, accepted: true }, undefined],
    ['other', move, { status: 'booked' }],
    ['other', { ...move, accepted: true }, { status: 'booked' }],
    // Away, and back to that very slot by their own choice.
    ['other', move, { status: 'booked' }],
    ['moved-again', move, { status: 'booked', closureId: 'c2' }],
    ['moved-again', move, { status: 'booked', closureId: 'c2' }],
    ['other', move, { status: 'fulfilled' }],
    ['returned', { ...move, returned: true }, { status: 'booked' }],
  ] as const)('is %s: %#', (state, facts, booking) => {
    expect(moveState(facts, booking, [], NOW)).toBe(state);
  });
  it('is, where nothing was near, whether they have found something by themselves', () => {
    const none = { closureId: 'c1', accepted: false, returned: false };
    expect(moveState(none, { status: 'cancelled' }, [], NOW)).toBe('released');
    expect(moveState(none, { status: 'cancelled' }, [{ kind: 'shift' }], NOW)).toBe('released');
    expect(moveState(none, undefined, [{ kind: 'shift' }, { kind: 'donation' }], NOW)).toBe('rebooked');
  });
  it('is unanswered while they are asked, and when they kept silent', () => {
    const all = ['asked', 'kept', 'accepted', 'other', 'cancelled', 'came', 'returned', 'released'] as const;
    expect(all.filter(isUnanswered)).toEqual(['asked', 'kept']);
  });
  it('without a time to answer is silence', () => {
    expect(
      moveState({ closureId: 'c1', to: { slotId: 'new' }, accepted: false, returned: false }, there, [], NOW),
    ).toBe('kept');
  });
});

describe('a slot', () => {
  it('is taken into a closure when no job is at it', () => {
    expect((['open', 'settling', 'closing', 'closed'] as const).filter(isAtRest)).toEqual(['open', 'closed']);
  });
});
