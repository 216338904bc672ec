import { expect, test } from 'vitest';
import {
  BOOKING_ACTIONS,
  BOOKING_TRANSITIONS,
  bookingActionsFrom,
  isBookingAllowed,
} from '../../shared/domain/booking-states.ts';
import { BOOKING_STATUSES } from '../../shared/domain/vocabulary.ts';

test.each([
  ['booked', ['check-in', 'cancel', 'reschedule', 'no-show']],
  ['arrived', ['complete', 'defer']],
  ['fulfilled', []],
  ['cancelled', []],
  ['noshow', []],
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
