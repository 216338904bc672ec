import { describe, expect, test } from 'vitest';
import { addSpan, ageOn, birthday, daysBetween, earlierFirst, weekdayOf } from '../../shared/domain/dates.ts';
import { addMinutes, instantNow, localDateOf, localTimeCode, toInstant } from '../../shared/domain/local-time.ts';

describe('instants', () => {
  test('are stored in UTC with milliseconds, so that they sort as text', () => {
    expect(instantNow(Date.UTC(2026, 11, 20, 1))).toBe('2026-12-20T01:00:00.000Z');
    expect(toInstant('2026-12-20T09:00', 'Asia/Shanghai')).toEqual({ ok: true, instant: '2026-12-20T01:00:00.000Z' });
  });

  test('are moved by elapsed minutes, whatever clocks do', () => {
    expect(addMinutes('2026-10-25T00:30:00.000Z', 60)).toBe('2026-10-25T01:30:00.000Z');
  });
});

describe('the local date of an instant', () => {
  test.each([
    ['2026-12-19T16:00:00.000Z', 'Asia/Shanghai', '2026-12-20'],
    ['2026-12-19T15:59:59.999Z', 'Asia/Shanghai', '2026-12-19'],
    ['2026-06-30T23:00:00.000Z', 'Europe/London', '2026-07-01'],
    ['2026-12-31T23:59:00.000Z', 'Europe/London', '2026-12-31'],
    ['2026-07-01T03:59:00.000Z', 'America/New_York', '2026-06-30'],
    ['2026-07-01T04:00:00.000Z', 'America/New_York', '2026-07-01'],
  ])('%s in %s is %s', (instant, zone, date) => {
    expect(localDateOf(instant, zone)).toBe(date);
  });

  test('differs on the two sides of the date line at the same instant', () => {
    const instant = '2026-03-01T10:30:00.000Z';
    expect(localDateOf(instant, 'Pacific/Kiritimati')).toBe('2026-03-02');
    expect(localDateOf(instant, 'Pacific/Pago_Pago')).toBe('2026-02-28');
  });
});

describe('a wall-clock time', () => {
  test('that clocks skip is said to be skipped, with the moment they have jumped', () => {
    expect(toInstant('2026-03-29T01:30', 'Europe/London')).toEqual({
      ok: false,
      why: 'skipped',
      next: '2026-03-29T01:00:00.000Z',
    });
    expect(toInstant('2026-03-08T02:00', 'America/New_York')).toEqual({
      ok: false,
      why: 'skipped',
      next: '2026-03-08T07:00:00.000Z',
    });
  });

  test('that occurs twice is said to be repeated, with both instants', () => {
    expect(toInstant('2026-11-01T01:15', 'America/New_York')).toEqual({
      ok: false,
      why: 'repeated',
      instants: ['2026-11-01T05:15:00.000Z', '2026-11-01T06:15:00.000Z'],
    });
  });

  test('just outside the change is an ordinary time', () => {
    expect(toInstant('2026-03-29T00:59', 'Europe/London')).toEqual({ ok: true, instant: '2026-03-29T00:59:00.000Z' });
    expect(toInstant('2026-03-29T02:00', 'Europe/London')).toEqual({ ok: true, instant: '2026-03-29T01:00:00.000Z' });
    expect(toInstant('2026-10-25T02:00', 'Europe/London')).toEqual({ ok: true, instant: '2026-10-25T02:00:00.000Z' });
  });

  test.each([
    '2026-12-20T09:00:30',
    '2026-12-20T09:00+08:00',
    '+012026-12-20T09:00',
    '2026-02-30T09:00',
    '2026-13-01T09:00',
    '2026-12-20T24:00',
    '2026-12-20 09:00',
    '2026-12-20',
    '',
  ])('%j is no wall-clock time', (text) => {
    expect(toInstant(text, 'Asia/Shanghai')).toEqual({ ok: false, why: 'malformed' });
  });

  test('is written as HHmm, with a b the second time it passes', () => {
    expect(localTimeCode('2026-12-20T01:05:00.000Z', 'Asia/Shanghai')).toBe('0905');
    expect(localTimeCode('2026-11-01T05:15:00.000Z', 'America/New_York')).toBe('0115');
    expect(localTimeCode('2026-11-01T06:15:00.000Z', 'America/New_York')).toBe('0115b');
    expect(localTimeCode('2026-11-01T07:15:00.000Z', 'America/New_York')).toBe('0215');
  });
});

describe('a span after a date', () => {
  test.each([
    ['2026-08-31', 6, 'month', '2027-02-28'],
    ['2027-08-31', 6, 'month', '2028-02-29'],
    ['2026-02-28', 6, 'month', '2026-08-28'],
    ['2026-11-30', 3, 'month', '2027-02-28'],
    ['2024-02-29', 1, 'year', '2025-02-28'],
    ['2026-12-20', 4, 'week', '2027-01-17'],
    ['2026-12-31', 1, 'day', '2027-01-01'],
    ['2026-01-10', 6, 'month', '2026-07-10'],
  ] as const)('%s and %i %s is %s', (date, value, unit, expected) => {
    expect(addSpan(date, { value, unit })).toBe(expected);
  });

  test('of weeks ends on the same weekday', () => {
    expect(weekdayOf('2026-12-20')).toBe(7);
    expect(weekdayOf(addSpan('2026-12-20', { value: 2, unit: 'week' }))).toBe(7);
  });
});

describe('age', () => {
  test('grows on the birthday', () => {
    expect(ageOn('2008-05-01', '2026-04-30')).toBe(17);
    expect(ageOn('2008-05-01', '2026-05-01')).toBe(18);
    expect(ageOn('2008-05-01', '2026-12-31')).toBe(18);
  });

  test('of someone born on 29 February grows on 28 February in common years', () => {
    expect(birthday('2008-02-29', 18)).toBe('2026-02-28');
    expect(birthday('2008-02-29', 20)).toBe('2028-02-29');
    expect(ageOn('2008-02-29', '2026-02-27')).toBe(17);
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(18);
    expect(ageOn('2008-02-29', '2028-02-28')).toBe(19);
  });

  test('is negative before the birth', () => {
    expect(ageOn('2026-05-01', '2026-04-30')).toBe(-1);
  });
});

test('dates and instants are sorted with the earliest first, and what is the same stays in its order', () => {
  expect(earlierFirst('2026-12-19', '2026-12-20')).toBe(-1);
  expect(earlierFirst('2026-12-20', '2026-12-19')).toBe(1);
  expect(earlierFirst('2026-12-20', '2026-12-20')).toBe(0);
});

test('days between dates are counted over leap days, and back', () => {
  expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
  expect(daysBetween('2027-02-28', '2027-03-01')).toBe(1);
  expect(daysBetween('2027-03-01', '2027-02-28')).toBe(-1);
});
