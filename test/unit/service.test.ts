import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMinutes, toInstant } from '../../shared/domain/local-time.ts';
import {
  ATTENDANCE_FROM,
  type AttendanceStep,
  believe,
  closedAt,
  creditedMinutes,
  hasJustCome,
  isAttendanceAllowed,
  isTooLongAgo,
  leaving,
  leftByRule,
  sheetFaults,
} from '../../shared/domain/service.ts';
import { CODES_AHEAD, codeShown, codesHolding, codeWindow, secondsLeft } from '../../shared/domain/shift-codes.ts';
import { BOOKING_STATUSES } from '../../shared/domain/vocabulary.ts';

const at = (local: string, zone: string, pass: 0 | 1 = 0): string => {
  const result = toInstant(local, zone);
  if (result.ok) return result.instant;
  if (result.why !== 'repeated') throw new Error(`no such time: ${local}`);
  return result.instants[pass];
};
const shift = (zone: string, from: string, to: string, pass: 0 | 1 = 0) => ({
  zone,
  startsAt: at(from, zone),
  endsAt: at(to, zone, pass),
});
const morning = shift('Asia/Shanghai', '2026-11-28T09:00', '2026-11-28T11:30');
const on = (time: string): string => at(`2026-11-28T${time}`, 'Asia/Shanghai');

describe('the minutes of a shift that count', () => {
  it.each([
    ['the whole shift', '09:00', '11:30', 150],
    ['not the time before it begins', '08:20', '11:30', 150],
    ['not the time after it ends', '09:00', '12:10', 150],
    ['from when somebody came late', '09:41', '11:30', 109],
    ['until when somebody left early', '09:00', '10:15', 75],
    ['nothing of who left before it began', '08:20', '08:50', 0],
  ])('%s', (_, from, to, minutes) => {
    expect(creditedMinutes(morning, on(from), on(to))).toBe(minutes);
  });

  it('are whole ones: what has begun is not over', () => {
    expect(creditedMinutes(morning, on('09:00'), addMinutes(on('09:00'), 0.99))).toBe(0);
    expect(creditedMinutes(morning, on('09:00'), addMinutes(on('09:00'), 59.99))).toBe(59);
  });

  it('across midnight are those between coming and going, whatever the dates', () => {
    const night = shift('Asia/Shanghai', '2026-11-28T22:00', '2026-11-29T02:00');
    expect(creditedMinutes(night, night.startsAt, at('2026-11-29T01:30', 'Asia/Shanghai'))).toBe(210);
  });

  it('are those that pass while clocks go forward, and while they go back', () => {
    const spring = shift('Europe/London', '2027-03-28T00:00', '2027-03-28T04:00');
    expect(creditedMinutes(spring, spring.startsAt, spring.endsAt)).toBe(180);
    const autumn = shift('Europe/London', '2026-10-25T00:00', '2026-10-25T04:00');
    expect(creditedMinutes(autumn, autumn.startsAt, autumn.endsAt)).toBe(300);
    // Left at half past one, the second time the clock showed it.
    expect(creditedMinutes(autumn, autumn.startsAt, at('2026-10-25T01:30', 'Europe/London', 1))).toBe(150);
  });

  it('never exceed the shift, never come to less than nothing, and of two shifts that do not overlap count none twice', () => {
    const minute = fc.integer({ min: -600, max: 1200 });
    fc.assert(
      fc.property(minute, minute, fc.integer({ min: 0, max: 600 }), (a, b, gap) => {
        const [from, to] = [addMinutes(morning.startsAt, Math.min(a, b)), addMinutes(morning.startsAt, Math.max(a, b))];
        const next = {
          ...morning,
          startsAt: addMinutes(morning.endsAt, gap),
          endsAt: addMinutes(morning.endsAt, gap + 90),
        };
        const [one, other] = [creditedMinutes(morning, from, to), creditedMinutes(next, from, to)];
        expect(one).toBeGreaterThanOrEqual(0);
        expect(one).toBeLessThanOrEqual(150);
        expect(one + other).toBeLessThanOrEqual(Math.max(a, b) - Math.min(a, b));
      }),
    );
  });
});

describe('what a device says', () => {
  const say = (step: 'in' | 'out', time: string, now: string, way: 'tap' | 'pass' = 'tap') =>
    believe(step, morning, { at: time, way, now });

  it('is believed half an hour later, with the time it was tapped', () => {
    expect(say('in', on('08:58'), on('09:30'))).toEqual({ ok: true, at: on('08:58'), way: 'tap' });
  });
  it('is never a time to come', () => {
    expect(say('in', on('10:00'), on('09:00'))).toEqual({ ok: true, at: on('09:00'), way: 'tap' });
  });
  it('is no time long before the shift, and none after it', () => {
    expect(say('in', on('06:59'), on('09:00'))).toEqual({ ok: false, why: 'too-early' });
    expect(say('in', on('07:00'), on('09:00')).ok).toBe(true);
    expect(say('in', on('11:30'), on('11:40'))).toEqual({ ok: false, why: 'too-late' });
    expect(say('out', on('12:29'), on('12:40')).ok).toBe(true);
    expect(say('out', closedAt(morning), on('12:40'))).toEqual({ ok: false, why: 'too-late' });
  });
  it('counts as a sheet of paper once it was kept for more than a day, and no longer at all after two weeks', () => {
    expect(say('in', on('09:00'), addMinutes(on('09:00'), 24 * 60))).toMatchObject({ way: 'tap' });
    expect(say('in', on('09:00'), addMinutes(on('09:00'), 24 * 60 + 1))).toMatchObject({ way: 'paper' });
    expect(say('in', on('09:00'), addMinutes(on('09:00'), 15 * 24 * 60))).toEqual({ ok: false, why: 'too-late' });
  });
});

it('a volunteer comes once and goes once; a sheet puts right what was noted, and a place that was given up stays so', () => {
  const steps = Object.keys(ATTENDANCE_FROM) as AttendanceStep[];
  const may = (step: AttendanceStep) =>
    BOOKING_STATUSES.filter((status) => isAttendanceAllowed(step, status)).toSorted();
  expect(Object.fromEntries(steps.map((step) => [step, may(step)]))).toEqual({
    in: ['booked', 'noshow'],
    out: ['arrived'],
    paper: ['arrived', 'booked', 'fulfilled', 'noshow'],
    absent: ['arrived', 'booked', 'fulfilled'],
  });
});

it('whoever scans again within five minutes of coming is not leaving', () => {
  expect(hasJustCome(on('09:00'), addMinutes(on('09:00'), 4.99))).toBe(true);
  expect(hasJustCome(on('09:00'), on('09:05'))).toBe(false);
});

it('a shift can be noted until two weeks after its date, by the calendar of the place', () => {
  const night = shift('Asia/Shanghai', '2026-11-28T23:00', '2026-11-29T01:00');
  expect(isTooLongAgo(night, at('2026-12-12T23:59', 'Asia/Shanghai'))).toBe(false);
  expect(isTooLongAgo(night, at('2026-12-13T00:00', 'Asia/Shanghai'))).toBe(true);
});

it('somebody left no earlier than they came, by whichever clock', () => {
  expect(leaving(morning, { startedAt: on('09:30'), in: 'pass' }, on('09:29'), 'tap')).toMatchObject({
    endedAt: on('09:30'),
    minutes: 0,
  });
});

it('whoever forgot to check out stayed until the end of the shift, by rule', () => {
  expect(leftByRule(morning, { startedAt: on('09:10'), in: 'code' })).toEqual({
    startedAt: on('09:10'),
    in: 'code',
    endedAt: on('11:30'),
    out: 'rule',
    minutes: 140,
  });
});

it.each([
  ['in order, around the shift and over', '09:00', '11:30', '12:00', []],
  ['of nothing at all', '09:00', '09:00', '09:00', []],
  ['from as long before the shift as people may come', '07:00', '11:30', '12:00', []],
  ['until twelve hours after it', '09:00', '23:30', '23:30', []],
  ['until later than that', '09:00', '23:31', '23:59', [{ path: 'endedAt', why: 'too-late' }]],
  ['that has yet to begin', '10:00', '11:00', '09:59', [{ path: 'startedAt', why: 'too-late' }]],
  ['that ends before it begins', '10:00', '09:00', '12:00', [{ path: 'endedAt', why: 'ends-before' }]],
  ['from long before the shift', '06:00', '11:00', '12:00', [{ path: 'startedAt', why: 'too-early' }]],
  ['from after it', '11:30', '11:40', '12:00', [{ path: 'startedAt', why: 'too-late' }]],
  ['that has yet to end', '09:00', '11:30', '11:00', [{ path: 'endedAt', why: 'too-late' }]],
])('a sheet %s', (_, startedAt, endedAt, now, faults) => {
  expect(sheetFaults(morning, { startedAt: on(startedAt), endedAt: on(endedAt) }, on(now))).toEqual(faults);
});

it('a sheet of long ago', () => {
  const late = at('2026-12-13T00:00', 'Asia/Shanghai');
  const times = { startedAt: on('09:00'), endedAt: on('11:30') };
  expect(sheetFaults(morning, times, late)).toEqual([{ path: 'startedAt', why: 'too-early' }]);
});

it('codes are handed out for an hour without a line', () => {
  expect(codesHolding(0)).toHaveLength(2);
  expect(codeWindow(Date.parse(on('10:00'))) - codeWindow(Date.parse(on('09:00')))).toBe(CODES_AHEAD);
});

it('a code is shown for its half minute, holds as long again, and a page shows none that it was not given', () => {
  const now = Date.parse(on('09:00'));
  const from = codeWindow(now);
  expect(codeShown(['A', 'B'], from, now + 29_999)).toBe('A');
  expect(codeShown(['A', 'B'], from, now + 30_000)).toBe('B');
  expect(codeShown(['A', 'B'], from, now + 60_000)).toBeUndefined();
  expect(codesHolding(now + 30_000)).toContain(from);
  expect(codesHolding(now + 60_000)).not.toContain(from);
  expect([secondsLeft(now), secondsLeft(now + 29_000)]).toEqual([30, 1]);
});
