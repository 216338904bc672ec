import type { BookingStatus } from './vocabulary.ts';

export const BOOKING_ACTIONS = ['check-in', 'complete', 'defer', 'cancel', 'reschedule', 'no-show'] as const;
export type BookingAction = (typeof BOOKING_ACTIONS)[number];

export type BookingTransition = { readonly from: readonly BookingStatus[]; readonly to: BookingStatus };

/**
 * Which statuses an action may leave, and where it leads: the store makes its conditions from this.
 *
 * A donor deferred after screening did come, but nothing was given: `fulfilled` would claim a donation that is not there
 * (and thank for it), `noshow` would blame. FHIR ends such an appointment `cancelled` with a reason, and so do we, with
 * the cause `no-longer-eligible`.
 */
export const BOOKING_TRANSITIONS = {
  'check-in': { from: ['booked'], to: 'arrived' },
  complete: { from: ['arrived'], to: 'fulfilled' },
  defer: { from: ['arrived'], to: 'cancelled' },
  cancel: { from: ['booked'], to: 'cancelled' },
  reschedule: { from: ['booked'], to: 'booked' },
  'no-show': { from: ['booked'], to: 'noshow' },
} as const satisfies Record<BookingAction, BookingTransition>;

export const isBookingAllowed = (action: BookingAction, status: BookingStatus): boolean =>
  (BOOKING_TRANSITIONS[action].from as readonly BookingStatus[]).includes(status);

/** What may be done with a booking of this status, in the usual order. */
export const bookingActionsFrom = (status: BookingStatus): readonly BookingAction[] =>
  BOOKING_ACTIONS.filter((action) => isBookingAllowed(action, status));
