import { describe, expect, it } from 'vitest';
import {
  changeFaults,
  dateOf,
  isToldElse,
  onDate,
  planEvent,
  planOf,
  planShifts,
  publishFaults,
  type ShiftPlan,
  type SignUpPlan,
  shiftChanges,
} from '../../shared/domain/events.ts';
import { fitsOneTransaction } from '../../shared/store/events.ts';

const both = (text: string) => ({ zh: text, en: text });
const shift = (more: Partial<ShiftPlan> = {}): ShiftPlan => ({
  shiftId: 'guide',
  role: both('Guide'),
  startsAtLocal: '2026-11-28T09:00',
  endsAtLocal: '2026-11-28T11:30',
  places: 6,
  ...more,
});
const faults = (zone: string, ...shifts: ShiftPlan[]) => {
  const plan = planShifts(zone, shifts);
  return plan.ok ? [] : plan.faults.map(({ path, why }) => `${path} ${why}`);
};

describe('the shifts of an event', () => {
  it('are written in wall times of its zone and kept as instants', () => {
    const plan = planShifts('Asia/Shanghai', [shift()]);
    expect(plan).toMatchObject({
      ok: true,
      shifts: [
        { startsAt: '2026-11-28T01:00:00.000Z', endsAt: '2026-11-28T03:30:00.000Z', date: '2026-11-28', time: '0900' },
      ],
    });
  });

  it('may run past midnight, and belong to the date they begin on', () => {
    const plan = planShifts('Asia/Shanghai', [
      shift({ startsAtLocal: '2026-11-28T22:00', endsAtLocal: '2026-11-29T02:00' }),
    ]);
    expect(plan).toMatchObject({ ok: true, shifts: [{ date: '2026-11-28', time: '2200' }] });
  });

  it('ask for a least age where one is given, and say nothing of it where none is', () => {
    const plan = planShifts('America/Port-au-Prince', [shift({ minAge: 16 }), shift({ shiftId: 'cook' })]);
    if (!plan.ok) throw new Error('an ordinary day');
    const [guide, cook] = plan.shifts;
    expect(guide?.minAge).toBe(16);
    expect(cook && 'minAge' in cook).toBe(false);
  });

  it('keep all that they ask for, and say nothing of what they do not', () => {
    const asks = { minAge: 18, maxAge: 60, needs: ['driving'], minimum: 2 } as const;
    const plan = planShifts('Asia/Shanghai', [shift(asks), shift({ shiftId: 'cook', needs: [] })]);
    if (!plan.ok) throw new Error('an ordinary day');
    const times = {
      startsAt: '2026-11-28T01:00:00.000Z',
      endsAt: '2026-11-28T03:30:00.000Z',
      date: '2026-11-28',
      time: '0900',
    };
    const said = { role: both('Guide'), places: 6, ...times };
    expect(plan.shifts).toStrictEqual([
      { shiftId: 'guide', ...said, ...asks },
      { shiftId: 'cook', ...said },
    ]);
  });

  it('end after they begin, within a day', () => {
    expect(faults('Asia/Shanghai', shift({ endsAtLocal: '2026-11-29T09:00' }))).toEqual([]);
    expect(faults('Asia/Shanghai', shift({ endsAtLocal: '2026-11-28T09:00' }))).toEqual([
      'shifts.0.endsAtLocal ends-before',
    ]);
    expect(faults('Asia/Shanghai', shift({ endsAtLocal: '2026-11-29T09:01' }))).toEqual([
      'shifts.0.endsAtLocal too-late',
    ]);
  });

  it('ask for ages that somebody can be, for no skill twice, and for no more people than they take', () => {
    expect(faults('Asia/Shanghai', shift({ minAge: 60, maxAge: 59 }), shift({ shiftId: 'b', minimum: 7 }))).toEqual([
      'shifts.0.maxAge too-small',
      'shifts.1.minimum too-big',
    ]);
    expect(faults('Asia/Shanghai', shift({ minAge: 60, maxAge: 60, minimum: 6, needs: ['driving'] }))).toEqual([]);
    expect(faults('Asia/Shanghai', shift({ needs: ['driving', 'driving'] }))).toEqual(['shifts.0.needs repeated']);
  });

  it('have ids of their own', () => {
    expect(faults('Asia/Shanghai', shift(), shift())).toEqual(['shifts.1.shiftId repeated']);
  });

  it('are at dates, times and in a zone that exist', () => {
    expect(faults('Asia/Shanghai', shift({ startsAtLocal: '2026-02-30T09:00' }))).toEqual([
      'shifts.0.startsAtLocal malformed',
    ]);
    expect(faults('Asia/Shanghai', shift({ endsAtLocal: '2026-11-28T24:61' }))).toEqual([
      'shifts.0.endsAtLocal malformed',
    ]);
    expect(faults('Mars/Olympus', shift())).toEqual(['zone not-allowed']);
    expect(faults('+08:00', shift())).toEqual(['zone not-allowed']);
  });

  it('are refused at a wall time that clocks jump over', () => {
    const night = shift({ startsAtLocal: '2026-03-29T02:30', endsAtLocal: '2026-03-29T06:00' });
    expect(faults('Europe/Berlin', night)).toEqual(['shifts.0.startsAtLocal no-such-time']);
    expect(faults('Asia/Shanghai', night)).toEqual([]);
  });

  it('take in the whole of an hour that clocks repeat', () => {
    const plan = planShifts('Europe/Berlin', [
      shift({ startsAtLocal: '2026-10-25T02:00', endsAtLocal: '2026-10-25T02:30' }),
    ]);
    expect(plan).toMatchObject({
      ok: true,
      shifts: [{ startsAt: '2026-10-25T00:00:00.000Z', endsAt: '2026-10-25T01:30:00.000Z', time: '0200' }],
    });
  });

  it('begin in the first of two passes and end in the second', () => {
    const plan = planShifts('Europe/Berlin', [
      shift({ startsAtLocal: '2026-10-25T02:15', endsAtLocal: '2026-10-25T02:45' }),
    ]);
    expect(plan).toMatchObject({
      ok: true,
      shifts: [{ startsAt: '2026-10-25T00:15:00.000Z', endsAt: '2026-10-25T01:45:00.000Z', time: '0215' }],
    });
  });

  it('follow each other where the clocks go back between them', () => {
    const plan = planShifts('Europe/Berlin', [
      shift({ startsAtLocal: '2026-10-25T00:00', endsAtLocal: '2026-10-25T02:00' }),
      shift({ shiftId: 'cook', startsAtLocal: '2026-10-25T02:00', endsAtLocal: '2026-10-25T03:00' }),
    ]);
    expect(plan).toMatchObject({
      ok: true,
      shifts: [
        { startsAt: '2026-10-24T22:00:00.000Z', endsAt: '2026-10-25T00:00:00.000Z' },
        { startsAt: '2026-10-25T00:00:00.000Z', endsAt: '2026-10-25T02:00:00.000Z' },
      ],
    });
  });

  it('fit one transaction, or are too many: the event, each slot and each 25 places', () => {
    const shifts = (n: number, places: number) => Array.from({ length: n }, () => ({ places }));
    expect(fitsOneTransaction(shifts(20, 75))).toBe(true);
    expect(fitsOneTransaction(shifts(20, 76))).toBe(false);
    expect(fitsOneTransaction(shifts(4, 500))).toBe(true);
    expect(fitsOneTransaction(shifts(5, 500))).toBe(false);
  });
});

describe('the time of sign-up', () => {
  const of = (signUp: SignUpPlan, zone = 'Asia/Shanghai') => {
    const plan = planEvent(zone, [shift()], signUp);
    return plan.ok ? plan.signUp : plan.faults.map(({ path, why }) => `${path} ${why}`);
  };
  it('is written in wall times and kept as instants; without one, nothing is said', () => {
    expect(of({})).toEqual({});
    expect(of({ opensAtLocal: '2026-11-20T20:00', closesAtLocal: '2026-11-27T20:00' })).toEqual({
      opensAt: '2026-11-20T12:00:00.000Z',
      closesAt: '2026-11-27T12:00:00.000Z',
    });
  });

  it('opens before it closes, and before the last shift has begun', () => {
    expect(of({ opensAtLocal: '2026-11-27T20:00', closesAtLocal: '2026-11-27T20:00' })).toEqual([
      'closesAtLocal ends-before',
    ]);
    expect(of({ opensAtLocal: '2026-11-28T09:00' })).toEqual(['opensAtLocal too-late']);
    expect(of({ closesAtLocal: '2026-11-28T09:01' })).toEqual(['closesAtLocal too-late']);
    expect(of({ closesAtLocal: '2026-11-28T09:00' })).toEqual({ closesAt: '2026-11-28T01:00:00.000Z' });
    expect(of({ closesAtLocal: '2026-11-31T09:00' })).toEqual(['closesAtLocal malformed']);
    expect(of({ opensAtLocal: '2026-11-31T09:00' })).toEqual(['opensAtLocal malformed']);
  });

  it('is about the last shift to begin, wherever that stands', () => {
    const late = shift({ shiftId: 'late', startsAtLocal: '2026-11-30T09:00', endsAtLocal: '2026-11-30T11:00' });
    for (const shifts of [
      [shift(), late],
      [late, shift()],
    ]) {
      expect(planEvent('Asia/Shanghai', shifts, { opensAtLocal: '2026-11-29T09:00' }).ok).toBe(true);
      expect(planEvent('Asia/Shanghai', shifts, { closesAtLocal: '2026-11-30T09:01' }).ok).toBe(false);
    }
  });

  it('in an hour that clocks repeat is at its first pass', () => {
    expect(of({ opensAtLocal: '2026-10-25T02:30' }, 'Europe/Berlin')).toEqual({ opensAt: '2026-10-25T00:30:00.000Z' });
  });

  it('is told with what is wrong with the shifts; in a zone that does not exist, there are no times to speak of', () => {
    const plan = (zone: string) =>
      planEvent(zone, [shift({ endsAtLocal: 'soon' })], { closesAtLocal: 'later', mostShifts: 1 });
    expect(plan('Asia/Shanghai')).toEqual({
      ok: false,
      faults: [
        { path: 'shifts.0.endsAtLocal', why: 'malformed' },
        { path: 'closesAtLocal', why: 'malformed' },
      ],
    });
    expect(plan('Mars/Olympus')).toEqual({ ok: false, faults: [{ path: 'zone', why: 'not-allowed' }] });
  });

  it('may not be over when the event is published', () => {
    const complete = { conditions: both('x'), howToApply: both('x'), risks: both('x'), support: both('x') };
    const event = { ...complete, shifts: [], closesAt: '2026-11-27T12:00:00.000Z' };
    expect(publishFaults(event, '2026-11-27T11:59:59.999Z')).toEqual([]);
    expect(publishFaults(event, '2026-11-27T12:00:00.000Z')).toEqual([{ path: 'closesAtLocal', why: 'too-early' }]);
  });
});

describe('a recruitment notice', () => {
  const complete = {
    conditions: both('x'),
    howToApply: both('x'),
    risks: both('x'),
    support: both('x'),
    shifts: [{ startsAt: '2026-11-28T01:00:00.000Z' }],
  };
  it('states conditions, how to apply, risks and support, and is about what is still to come', () => {
    const before = '2026-11-28T00:59:59.999Z';
    expect(publishFaults(complete, before)).toEqual([]);
    for (const path of ['conditions', 'howToApply', 'risks', 'support'] as const) {
      expect(publishFaults({ ...complete, [path]: undefined } as typeof complete, before)).toEqual([
        { path, why: 'missing' },
      ]);
    }
    expect(publishFaults(complete, '2026-11-28T01:00:00.000Z')).toEqual([
      { path: 'shifts.0.startsAtLocal', why: 'too-early' },
    ]);
  });
});

describe('an event that lets one person take so many of its shifts', () => {
  const over = (last: string, mostShifts?: number) => {
    const end = shift({ shiftId: 'end', startsAtLocal: `2026-12-29T${last}`, endsAtLocal: '2026-12-29T11:00' });
    const plans = [
      [shift(), end],
      [end, shift()],
    ].map((shifts) => planEvent('Asia/Shanghai', shifts, { mostShifts }));
    return plans.map((plan) => (plan.ok ? [] : plan.faults));
  };
  it('is over within the 31 days for which they are remembered', () => {
    expect(over('09:00', 2)).toEqual([[], []]);
    const tooLong = [{ path: 'mostShifts', why: 'not-allowed' }];
    expect(over('09:01', 2)).toEqual([tooLong, tooLong]);
    expect(over('09:01')).toEqual([[], []]);
  });
});

describe('an event once it is planned', () => {
  it('is written in the wall times that it was planned in, also where clocks repeat an hour', () => {
    const night = { startsAtLocal: '2026-10-25T02:15', endsAtLocal: '2026-10-25T02:45' };
    const shifts = [shift({ ...night, minAge: 18, needs: ['driving'] }), shift({ shiftId: 'cook' })];
    for (const when of [{ opensAtLocal: '2026-10-20T20:00' }, { closesAtLocal: '2026-10-25T02:30' }, {}]) {
      const plan = planEvent('Europe/Berlin', shifts, when);
      if (!plan.ok) throw new Error('a plan in order');
      expect(planOf({ zone: 'Europe/Berlin', shifts: plan.shifts, ...plan.signUp })).toStrictEqual({ ...when, shifts });
    }
  });

  it('is on the date of its first shift, wherever that stands', () => {
    const at = (date: string) => ({ date });
    expect(dateOf({ shifts: [at('2026-12-01'), at('2026-11-30'), at('2026-12-02')] })).toBe('2026-11-30');
    expect(dateOf({ shifts: [] })).toBe('');
  });

  it('is the same at another date by the clocks on the wall', () => {
    const plan = {
      title: 'Clinic',
      opensAtLocal: '2026-02-20T20:00',
      closesAtLocal: '2026-02-27T20:00',
      shifts: [shift({ startsAtLocal: '2026-02-28T22:00', endsAtLocal: '2026-03-01T02:30' })],
    };
    expect(onDate(plan, '2026-02-28', '2026-03-28')).toEqual({
      title: 'Clinic',
      opensAtLocal: '2026-03-20T20:00',
      closesAtLocal: '2026-03-27T20:00',
      shifts: [shift({ startsAtLocal: '2026-03-28T22:00', endsAtLocal: '2026-03-29T02:30' })],
    });
    expect(onDate({ shifts: [shift()] }, '2026-11-28', '2026-11-28')).toStrictEqual({ shifts: [shift()] });
  });
});

describe('who signed up for an event', () => {
  const told = { title: both('Clinic'), address: both('Square'), role: both('Guide') };
  it.each(['title', 'address', 'role'] as const)('is told where its %s is another in either language', (field) => {
    expect(isToldElse(told, { ...told, [field]: { ...told[field], zh: '别的' } })).toBe(true);
    expect(isToldElse(told, { ...told, [field]: { ...told[field], en: 'Another' } })).toBe(true);
  });

  it('is told nothing where all of it is written as before, and something where a role is there only once', () => {
    expect(isToldElse(told, structuredClone(told))).toBe(false);
    const { role: _, ...plain } = told;
    expect([isToldElse(plain, plain), isToldElse(plain, told), isToldElse(told, plain)]).toEqual([false, true, true]);
  });
});

describe('a published event that is changed', () => {
  const NOW = '2026-11-28T01:00:00.000Z';
  const [BEGUN, NEXT] = [NOW, '2026-11-28T01:00:00.001Z'];
  const END = '2026-11-28T03:00:00.000Z';
  const at = (shiftId: string, startsAt: string, endsAt = END) => ({
    ...{ shiftId, startsAt, endsAt, role: both('Guide'), date: '2026-11-28', time: '0900', places: 3 },
  });
  const kinds = (before: ReturnType<typeof at>[], after: ReturnType<typeof at>[]) =>
    shiftChanges(before, after).map(
      (it) => `${it.kind === 'removed' ? it.before.shiftId : it.after.shiftId} ${it.kind}`,
    );

  it('keeps a shift whose times are the same, moves one whose are not, and knows each by its id', () => {
    const before = [at('a', NEXT), at('b', NEXT), at('c', NEXT), at('gone', NEXT)];
    const after = [
      at('new', NEXT),
      at('c', BEGUN),
      at('b', NEXT, `${END.slice(0, -1)}1Z`),
      { ...at('a', NEXT), places: 9 },
    ];
    expect(kinds(before, after)).toEqual(['new added', 'c moved', 'b moved', 'a kept', 'gone removed']);
    expect(shiftChanges(before, after)[1]).toEqual({ kind: 'moved', before: before[2], after: after[1] });
  });

  const notice = { conditions: both('x'), howToApply: both('x'), risks: both('x'), support: both('x') };
  const change = (before: ReturnType<typeof at>[], after: ReturnType<typeof at>[], input: object = notice) =>
    changeFaults({ shifts: before }, input, { shifts: after, signUp: {} }, NOW).map(
      ({ path, why }) => `${path} ${why}`,
    );

  it('stays a complete notice', () => {
    expect(change([], [], {})).toEqual([
      'conditions missing',
      'howToApply missing',
      'risks missing',
      'support missing',
    ]);
  });

  it('leaves what has begun as it was, and takes back only what has not', () => {
    const other = at('other', NEXT);
    expect(change([at('a', BEGUN)], [other, at('a', BEGUN)])).toEqual([]);
    expect(change([at('a', BEGUN)], [other, at('a', NEXT)])).toEqual(['shifts.1.startsAtLocal has-begun']);
    expect(change([at('a', BEGUN)], [other])).toEqual(['shifts has-begun']);
    expect(change([at('a', NEXT)], [other])).toEqual([]);
  });

  it('calls nobody to what is past', () => {
    const later = '2026-11-29T01:00:00.000Z';
    expect(change([at('a', NEXT)], [at('a', later)])).toEqual([]);
    expect(change([at('a', later)], [at('a', NEXT)])).toEqual([]);
    expect(change([at('a', later)], [at('a', BEGUN)])).toEqual(['shifts.0.startsAtLocal too-early']);
    expect(change([], [at('a', NEXT), at('b', BEGUN)])).toEqual(['shifts.1.startsAtLocal too-early']);
  });
});
