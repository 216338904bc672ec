import type { BookingStatus, Instant } from './vocabulary.ts';

export const BOOKING_ACTIONS = [
  'check-in',
  'screen',
  'begin',
  'complete',
  'defer',
  'cancel',
  'reschedule',
  'no-show',
] as const;
export type BookingAction = (typeof BOOKING_ACTIONS)[number];

export type BookingTransition = { readonly from: readonly BookingStatus[]; readonly to: BookingStatus };

/** Whoever has come and not gone. */
const HERE = ['arrived', 'screened', 'giving'] as const satisfies readonly BookingStatus[];

/**
 * Which statuses an action may leave, and where it leads: the store makes its conditions from this.
 *
 * A donor deferred after screening did come, but nothing was given: `fulfilled` would claim a donation that is not there
 * (and thank for it), `noshow` would blame. FHIR ends such an appointment `cancelled` with a reason, and so do we, with
 * the cause `no-longer-eligible`. A needle that had to come out early ends the same way. Somebody who was
 * given up and comes after all is as welcome as anybody. A station that screens on paper goes from coming to giving, and one with nobody free for the board from coming to done.
 */
export const BOOKING_TRANSITIONS = {
  'check-in': { from: ['booked', 'noshow'], to: 'arrived' },
  screen: { from: ['arrived'], to: 'screened' },
  begin: { from: ['arrived', 'screened'], to: 'giving' },
  complete: { from: HERE, to: 'fulfilled' },
  defer: { from: HERE, to: 'cancelled' },
  cancel: { from: ['booked'], to: 'cancelled' },
  reschedule: { from: ['booked'], to: 'booked' },
  'no-show': { from: ['booked'], to: 'noshow' },
} as const satisfies Record<BookingAction, BookingTransition>;

export const isBookingAllowed = (action: BookingAction, status: BookingStatus): boolean =>
  (BOOKING_TRANSITIONS[action].from as readonly BookingStatus[]).includes(status);

/** What may be done with a booking of this status, in the usual order. */
export const bookingActionsFrom = (status: BookingStatus): readonly BookingAction[] =>
  BOOKING_ACTIONS.filter((action) => isBookingAllowed(action, status));

/** Whether somebody has come and not gone: nobody takes their place or forgets them meanwhile. */
export const isHere = (status: BookingStatus): boolean => (HERE as readonly BookingStatus[]).includes(status);

/**
 * What a day on paper may still say of a booking that nobody could keep up: whoever a rule marked as not come may have come all
 * the same.
 */
export const LATE_FROM = {
  'check-in': ['booked', 'noshow'],
  complete: ['booked', 'noshow', ...HERE],
  defer: ['booked', 'noshow', ...HERE],
  'no-show': ['booked'],
} as const satisfies Partial<Record<BookingAction, readonly BookingStatus[]>>;
export type LateAction = keyof typeof LATE_FROM;

/** A day on paper is entered within so many days: what lies longer back is loaded as history. */
export const LATE_DAYS = 14;

/** Everything the station does with a booking: an action, or taking the last one back. */
export const BOOKING_STEPS = [...BOOKING_ACTIONS, 'undo'] as const;

/** The last thing the station did with a booking: `by` is absent where a rule did it. */
export type BookingStep = {
  readonly action: (typeof BOOKING_STEPS)[number];
  readonly from: BookingStatus;
  readonly by?: string;
  readonly at: Instant;
};

/** A slip of the finger is noticed within this time; what was rested on it later is not pulled away. */
export const UNDO_MINUTES = 10;
/** Steps that write nothing but where the booking stands. A finished donation or a deferral is corrected, never undone. */
export const UNDOABLE = ['check-in', 'begin', 'no-show'] as const satisfies readonly BookingAction[];

/** The last instant at which a step may be undone; undefined for one that may not. */
export function undoableUntil(step: BookingStep | undefined): Instant | undefined {
  if (!step || !(UNDOABLE as readonly string[]).includes(step.action)) return undefined;
  return new Date(Date.parse(step.at) + UNDO_MINUTES * 60_000).toISOString();
}
