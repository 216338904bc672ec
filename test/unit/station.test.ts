import { expect, it } from 'vitest';
import { SETTING_BOUNDS, TIME_OF_DAY } from '../../shared/domain/site-settings.ts';
import {
  isEasyPin,
  joinUntil,
  LOCK_BOUNDS,
  LOCK_MINUTES,
  openUntil,
  stationFault,
} from '../../shared/domain/station.ts';

it('a shared station is open for its minutes, and as long as two words of its browser may be apart', () => {
  expect(openUntil('2026-11-28T01:00:00.000Z', 3)).toBe('2026-11-28T01:04:00.000Z');
  expect(LOCK_MINUTES).toBeGreaterThanOrEqual(LOCK_BOUNDS[0]);
  expect(LOCK_MINUTES).toBeLessThanOrEqual(LOCK_BOUNDS[1]);
});

it('a session at a shared station is refused once that is locked, but for taking a seat there for ten minutes', () => {
  const [now, later] = ['2026-11-28T01:00:00.000Z', '2026-11-28T01:00:00.001Z'];
  const seat = joinUntil(now);
  expect(seat).toBe('2026-11-28T01:10:00.000Z');
  const fault = (openUntil: string, join: string | undefined, beforeSeat: boolean) =>
    stationFault({ stationId: 's', openUntil, ...(join && { joinUntil: join }) }, now, beforeSeat);
  expect(stationFault(undefined, now, false)).toBeUndefined();
  for (const beforeSeat of [true, false]) {
    expect(fault(later, undefined, beforeSeat)).toBeUndefined();
    expect(fault(now, undefined, beforeSeat)).toBe('station-locked');
  }
  expect(fault(now, seat, false)).toBe('station-locked');
  expect(fault(now, later, true)).toBeUndefined();
  expect(fault(now, now, true)).toBe('second-factor-needed');
});

it('a PIN is none that others try first', () => {
  for (const pin of ['000000', '999999', '123456', '456789', '987654', '543210']) expect(isEasyPin(pin)).toBe(true);
  for (const pin of ['000001', '100000', '123457', '135791', '864208', '112233', '890123']) {
    expect(isEasyPin(pin)).toBe(false);
  }
});

it('what a site decides has a least and a most', () => {
  expect(SETTING_BOUNDS).toEqual({
    cutoffMinutes: [0, 10_080],
    minutesBefore: [30, 720],
    usedHoldMinutes: [5, 1440],
    lockMinutes: [1, 15],
  });
});

it('a time of day is one of the clock, written in full', () => {
  for (const time of ['00:00', '09:05', '19:59', '20:00', '23:59']) expect(time).toMatch(TIME_OF_DAY);
  for (const time of ['24:00', '12:60', '9:00', '012:00', '12:000', '12.00', 'ab:cd', '']) {
    expect(time).not.toMatch(TIME_OF_DAY);
  }
});
