import { isHere } from './booking-states.ts';
import { addSpan, daysBetween, earlierFirst } from './dates.ts';
import { addMinutes, localTimeCode } from './local-time.ts';
import { wallClock } from './quiet-hours.ts';
import type { Commitment, SlotFacts } from './refusal.ts';
import type { BookingStatus, Instant, LocalDate, MoveState, Procedure, SlotStatus } from './vocabulary.ts';
import type { QuietUntil } from './waitlist.ts';

/** What of a site is to be closed, or cut: days, and of them a procedure or a part of the day. */
export type Closing = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly procedure?: Procedure;
  /** Wall-clock `HH:MM`; whatever is under way at some moment between the two is touched. `24:00` is the day's end. */
  readonly fromTime?: string;
  readonly toTime?: string;
  /** Places that are left in each slot; none closes it. */
  readonly places: number;
};

/** Whether a slot is one of those to be closed or cut. One that has begun is left as it is. */
export function isTouched(
  closing: Closing,
  slot: Pick<SlotFacts, 'procedure' | 'date' | 'startsAt' | 'endsAt' | 'zone'>,
  now: Instant,
): boolean {
  const { from, to, procedure, fromTime = '00:00', toTime = '24:00' } = closing;
  if (slot.startsAt <= now || slot.date < from || slot.date > to) return false;
  if (procedure !== undefined && slot.procedure !== procedure) return false;
  return (
    slot.endsAt > wallTime(slot.date, fromTime, slot.zone) && slot.startsAt < wallTime(slot.date, toTime, slot.zone)
  );
}

const wallTime = (date: LocalDate, time: string, zone: string): Instant =>
  time === '24:00'
    ? wallClock(addSpan(date, { value: 1, unit: 'day' }), '00:00', zone, 'first')
    : wallClock(date, time, zone, 'first');

/** What closures that hold leave of slots that are not there yet: one that is closed is not made, one that is cut has fewer places. */
export const leftOf = <S extends Parameters<typeof isTouched>[1] & { readonly places: number }>(
  slots: readonly S[],
  closings: readonly Closing[],
  now: Instant,
): S[] =>
  slots
    .map((slot) => {
      const left = closings.filter((closing) => isTouched(closing, slot, now)).map(({ places }) => places);
      return { ...slot, places: Math.min(slot.places, ...left) };
    })
    .filter(({ places }) => places > 0);

/** A booking as it counts for who has to move. */
export type Held = { readonly bookingId: string; readonly status: BookingStatus; readonly createdAt: Instant };

const inOrder = (a: Held, b: Held): number =>
  earlierFirst(a.createdAt, b.createdAt) || earlierFirst(a.bookingId, b.bookingId);

/**
 * Who has to leave a slot that keeps so many places: whoever booked last, because the others have relied on theirs for longer.
 * Who is there already stays. In the order in which they choose: who booked first has the best of what is near.
 */
export function leaving<H extends Held>(held: readonly H[], places: number): H[] {
  const taking = held.filter(({ status }) => status !== 'cancelled');
  const over = Math.max(0, taking.length - places);
  const mayMove = taking.filter(({ status }) => status === 'booked').sort(inOrder);
  return mayMove.slice(Math.max(0, mayMove.length - over));
}

/** A slot with room that somebody may be moved to. */
export type Nearby = SlotFacts & {
  readonly siteId: string;
  readonly district: string;
  readonly free: number;
  readonly cutoffMinutes: number;
};
export type MovedFrom = Pick<SlotFacts, 'date' | 'startsAt' | 'zone' | 'procedure'> & {
  readonly siteId: string;
  readonly district: string;
};

export const MOVE_RULES = {
  /** How far ahead of the old day a place is looked for; never before it. */
  days: 7,
  /** Nobody is sent to what begins sooner than this after they are told. */
  leadMinutes: 180,
  /** How long somebody has to answer; when the place is nearer, until so long before it begins. */
  answerMinutes: 24 * 60,
  lastMinutes: 120,
} as const;

/** Time between being told and the start: to answer while that is still possible online, and to get there. */
const leadOf = ({ cutoffMinutes }: Pick<Nearby, 'cutoffMinutes'>): number =>
  Math.max(MOVE_RULES.leadMinutes, cutoffMinutes + MOVE_RULES.leadMinutes - MOVE_RULES.lastMinutes);

/**
 * The nearest of the slots that would do, or undefined. Near is, in this order: the same site that day, at the time closest
 * to theirs; the same district that day; the same two on the days after, the next day first; other districts, likewise.
 */
export function nearest<N extends Nearby>(
  from: MovedFrom,
  slots: readonly N[],
  fits: (slot: N) => boolean,
  now: Instant,
): N | undefined {
  return slots
    .filter(
      (slot) =>
        slot.free > 0 &&
        slot.procedure === from.procedure &&
        isInReach(from.date, slot.date) &&
        slot.startsAt >= addMinutes(now, leadOf(slot)),
    )
    .sort((a, b) => compare(distance(from, a), distance(from, b)) || earlierFirst(a.slotId, b.slotId))
    .find(fits);
}

/** Dates on which a place is looked for. */
export function datesInReach(date: LocalDate): LocalDate[] {
  return Array.from({ length: MOVE_RULES.days + 1 }, (_, n) => addSpan(date, { value: n, unit: 'day' }));
}
const isInReach = (from: LocalDate, date: LocalDate): boolean =>
  date >= from && daysBetween(from, date) <= MOVE_RULES.days;

function distance(from: MovedFrom, slot: Nearby): readonly number[] {
  const own = slot.siteId === from.siteId;
  const near = own || slot.district === from.district;
  const minutes = Math.abs(minuteOfDay(slot.startsAt, slot.zone) - minuteOfDay(from.startsAt, from.zone));
  return [near ? 0 : 1, daysBetween(from.date, slot.date), own ? 0 : 1, minutes];
}

const minuteOfDay = (at: Instant, zone: string): number => {
  const code = localTimeCode(at, zone);
  return Number(code.slice(0, 2)) * 60 + Number(code.slice(2, 4));
};

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((each, n) => each - (b[n] ?? 0)).find((by) => by !== 0) ?? 0;

/** Somebody who has to leave a slot. */
export type Leaver = MovedFrom & { readonly personId: string; readonly bookingId: string };

/** Where each would go, one after the other, each to the nearest place that those before have left. */
export function planMoves<L extends Leaver, N extends Nearby>(
  leavers: readonly L[],
  slots: readonly N[],
  fits: (leaver: L, slot: N) => boolean,
  now: Instant,
): { readonly leaver: L; readonly to?: N }[] {
  const taken = new Map<string, number>();
  return leavers.map((leaver) => {
    const left = slots.map((slot) => ({ slot, free: slot.free - (taken.get(slot.slotId) ?? 0) }));
    const open = left.filter(({ free }) => free > 0).map(({ slot }) => slot);
    const to = nearest(leaver, open, (slot) => fits(leaver, slot), now);
    if (to) taken.set(to.slotId, (taken.get(to.slotId) ?? 0) + 1);
    return { leaver, ...(to && { to }) };
  });
}

/**
 * When somebody is told that their time at a place will not be: at once, but not at night what can wait for the morning
 * because neither the old time nor the new one is near then.
 */
export function toldAt(now: Instant, starts: readonly Instant[], zone: string, quiet: QuietUntil): Instant {
  const morning = quiet(now, zone);
  if (morning === undefined) return now;
  const soonest = addMinutes(morning, MOVE_RULES.leadMinutes);
  return starts.every((start) => start >= soonest) ? morning : now;
}

/** Until when they are asked; after that, the place they were given is theirs like any other. */
export function askedUntil(tellAt: Instant, to: Pick<Nearby, 'startsAt' | 'cutoffMinutes'>): Instant {
  const day = addMinutes(tellAt, MOVE_RULES.answerMinutes);
  const last = addMinutes(to.startsAt, -Math.max(MOVE_RULES.lastMinutes, to.cutoffMinutes));
  return day < last ? day : last;
}

/** A move as it was made, and what was said to it. */
export type MoveFacts = {
  readonly closureId: string;
  /** Absent: no place was near, so the booking ended. */
  readonly to?: unknown;
  readonly until?: Instant;
  readonly accepted: boolean;
  readonly returned: boolean;
};

/** The booking that was moved, as it is now. */
export type MovedBooking = {
  readonly status: BookingStatus;
  /** The closure that its present place comes from: gone once they choose another. */
  readonly closureId?: string;
};

/**
 * What became of a move. Only an acceptance is written down as an answer; all else is read from the booking, which whoever
 * was moved changes like any other. Silence keeps the place.
 */
export function moveState(
  move: MoveFacts,
  booking: MovedBooking | undefined,
  commitments: readonly Pick<Commitment, 'kind'>[],
  now: Instant,
): MoveState {
  if (move.returned) return 'returned';
  if (!move.to) return commitments.some(({ kind }) => kind === 'donation') ? 'rebooked' : 'released';
  if (!booking || booking.status === 'cancelled') return 'cancelled';
  if (booking.closureId === undefined) return 'other';
  if (booking.closureId !== move.closureId) return 'moved-again';
  if (isHere(booking.status) || booking.status === 'fulfilled') return 'came';
  if (move.accepted) return 'accepted';
  return (move.until ?? '') > now ? 'asked' : 'kept';
}

/** Whether somebody has not said yet what they want. */
export const isUnanswered = (state: MoveState): boolean => state === 'asked' || state === 'kept';

/** Whether a slot may be taken into a closure now; one that another job is at is taken once that has ended. */
export const isAtRest = (status: SlotStatus): boolean => status === 'open' || status === 'closed';
