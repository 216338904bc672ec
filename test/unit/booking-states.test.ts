import { expect, test } from 'vitest';
import {
  BOOKING_ACTIONS,
  type BOOKING_STEPS,
  BOOKING_TRANSITIONS,
  bookingActionsFrom,
  isBookingAllowed,
  isHere,
  undoableUntil,
} from '../../shared/domain/booking-states.ts';
import { BOOKING_STATUSES } from '../../shared/domain/vocabulary.ts';

test.each([
  ['booked', ['check-in', 'cancel', 'reschedule', 'no-show']],
  ['arrived', ['screen', 'begin', 'complete', 'defer']],
  ['screened', ['begin', 'complete', 'defer']],
  ['giving', ['complete', 'defer']],
  ['fulfilled', []],
  ['cancelled', []],
  ['noshow', ['check-in']],
] as const)('a booking that is %s allows %j', (status, actions) => {
  expect(bookingActionsFrom(status)).toEqual(actions);
});

test('a donation is complete only for someone who came', () => {
  expect(isBookingAllowed('complete', 'booked')).toBe(false);
  expect(BOOKING_TRANSITIONS.complete.to).toBe('fulfilled');
  const others = BOOKING_ACTIONS.filter((action) => action !== 'complete');
  expect(others.map((action) => BOOKING_TRANSITIONS[action].to)).not.toContain('fulfilled');
});

test('a deferred donor is neither thanked for a donation nor called a no-show', () => {
  expect(BOOKING_TRANSITIONS.defer.to).toBe('cancelled');
});

test('every status is where something leads', () => {
  const reached = new Set(BOOKING_ACTIONS.map((action) => BOOKING_TRANSITIONS[action].to));
  expect([...reached].toSorted()).toEqual([...BOOKING_STATUSES].toSorted());
});

test('somebody is here from coming until they are done, deferred or never came', () => {
  expect(BOOKING_STATUSES.filter(isHere)).toEqual(['arrived', 'screened', 'giving']);
});

test('a slip may be taken back for ten minutes; a donation, a deferral and a colleague’s undoing may not', () => {
  const at = '2026-11-28T01:00:00.000Z';
  const until = (action: (typeof BOOKING_STEPS)[number]) => undoableUntil({ action, from: 'booked', at });
  for (const action of ['check-in', 'begin', 'no-show'] as const)
    expect(until(action)).toBe('2026-11-28T01:10:00.000Z');
  for (const action of ['screen', 'complete', 'defer', 'cancel', 'reschedule', 'undo'] as const) {
    expect(until(action)).toBeUndefined();
  }
  expect(undoableUntil(undefined)).toBeUndefined();
});
