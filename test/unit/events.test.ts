import { describe, expect, it } from 'vitest';
import { planEvent, planShifts, publishFaults, type ShiftPlan, type SignUpPlan } from '../../shared/domain/events.ts';
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
    expect(of({ closesAtLocal: '2026-11-31T09:00' })).toEqual(['closesAtLocal malformed']);
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
