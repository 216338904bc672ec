import {
  BOOKING_TRANSITIONS,
  type BookingAction,
  type BookingStep,
  type BookingTransition,
  LATE_FROM,
  type LateAction,
} from '../domain/booking-states.ts';
import type { BookingStatus, CancelCause, Instant, LocalDate } from '../domain/vocabulary.ts';
import { accept, type Idempotency } from './accepted.ts';
import type { DraftItem, Page, Store } from './client.ts';
import { queryAll } from './every.ts';
import type { BookingItem, SlotItem } from './items/index.ts';
import { indexes, keys, partitions } from './keys.ts';

/** The item of a new booking: one person's place in one slot. */
export function newBooking(input: {
  bookingId: string;
  personId: string;
  slot: SlotItem;
  pool: number;
  firstTime: boolean;
  now: Instant;
  idempotency: Idempotency;
  /** Who of the station made it, for somebody who calls or is at the door. */
  desk?: { by: string; walkIn: boolean };
  team?: NonNullable<BookingItem['team']>;
}): BookingItem {
  const { desk } = input;
  return {
    kind: 'booking',
    bookingId: input.bookingId,
    personId: input.personId,
    ...placeOf(input.slot, input.bookingId),
    pool: input.pool,
    status: 'booked',
    firstTime: input.firstTime,
    ...(input.team && { team: input.team }),
    ...(desk && { bookedBy: desk.by }),
    ...(desk?.walkIn && { walkIn: true }),
    createdAt: input.now,
    changedAt: input.now,
    accepted: accept([], input.idempotency),
    version: 1,
  };
}

/** What a booking keeps of its slot. */
export function placeOf(slot: SlotItem, bookingId: string) {
  return {
    slotId: slot.slotId,
    slotKind: slot.slotKind,
    containerId: slot.containerId,
    place: slot.place,
    address: slot.stop ?? slot.address,
    ...(slot.procedure && { procedure: slot.procedure }),
    ...(slot.shiftId && { shiftId: slot.shiftId }),
    ...(slot.role && { role: slot.role }),
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    date: slot.date,
    zone: slot.zone,
    cutoffMinutes: slot.cutoffMinutes,
    gsi1pk: indexes.roster(slot.containerId, slot.date),
    gsi1sk: indexes.rosterSort(slot.startsAt, bookingId),
  };
}

/** The last instant at which the person may change or cancel by themselves. */
export const changeableUntil = (booking: Pick<BookingItem, 'startsAt' | 'cutoffMinutes'>): Instant =>
  new Date(Date.parse(booking.startsAt) - booking.cutoffMinutes * 60_000).toISOString();

/** Who of the station acts; at which instant, where that is not the one at which it is written. */
export type StepBy = { readonly by?: string; readonly at?: Instant };

type BookingChange = {
  readonly now: Instant;
  readonly idempotency?: Idempotency;
  /** The station acts: kept with the booking. Absent: its person does, and what the station did before is over. */
  readonly step?: StepBy;
  /** Entered after the fact, when and by whom; or, of a booking that is made with it, `isNew`. */
  readonly late?: NonNullable<BookingItem['late']>;
  readonly isNew?: boolean;
  readonly change?: Partial<BookingItem> & { cancelCause?: CancelCause };
};

/**
 * Moves a booking by one action, provided it is in a state that the action may leave and nobody has changed it since.
 * `change` replaces fields; `status`, `step`, `version`, `changedAt` and `accepted` follow by themselves.
 */
export function bookingWrite(before: BookingItem, action: BookingAction, input: BookingChange): DraftItem {
  const { from, to } = BOOKING_TRANSITIONS[action];
  const late = input.late && isLate(action) ? LATE_FROM[action] : undefined;
  return move(before, { action, from: late ?? from, to }, input);
}

const isLate = (action: BookingAction): action is LateAction => action in LATE_FROM;

/** Puts a booking back to where it was before its last step, provided nobody has changed it since. */
export const undoWrite = (before: BookingItem & { step: BookingStep }, input: BookingChange): DraftItem =>
  move(before, { action: 'undo', from: [before.status], to: before.step.from }, input);

/** Writes what is known of a volunteer's coming and going, and where that leaves the booking; which steps may be taken is in domain/service.ts. */
export const attendanceWrite = (
  before: BookingItem,
  { action, to }: { readonly action: 'check-in' | 'complete' | 'no-show' | 'undo'; readonly to: BookingStatus },
  input: BookingChange,
): DraftItem => move(before, { action, from: [before.status], to }, input);

function move(
  before: BookingItem,
  { action, from, to }: BookingTransition & { readonly action: BookingStep['action'] },
  { now, idempotency, step, change, late, isNew }: BookingChange,
): DraftItem {
  const { step: _, ...kept } = before;
  const after: BookingItem = {
    ...kept,
    ...change,
    status: to,
    ...(step && { step: { action, from: before.status, ...(step.by && { by: step.by }), at: step.at ?? now } }),
    ...(late && { late }),
    changedAt: now,
    accepted: idempotency ? accept(before.accepted, idempotency) : before.accepted,
    version: before.version + 1,
  };
  const Item = { ...after, ...keys.booking(before.bookingId) };
  if (isNew) return { Put: { Item: { ...Item, version: 1 }, ConditionExpression: 'attribute_not_exists(pk)' } };
  return {
    Put: {
      Item,
      ConditionExpression: `#version = :version AND #status IN (${from.map((_status, n) => `:from${n}`).join(', ')})`,
      ExpressionAttributeNames: { '#version': 'version', '#status': 'status' },
      ExpressionAttributeValues: {
        ':version': before.version,
        ...Object.fromEntries(from.map((status, n) => [`:from${n}`, status])),
      },
    },
  };
}

export function createBookings(store: Store) {
  return {
    async get(bookingId: string): Promise<BookingItem | undefined> {
      return await store.get<BookingItem>(keys.booking(bookingId), { consistent: true });
    },
    /**
     * A person's bookings, latest start first. A booking's key comes from its idempotency key and so has no order: the
     * partition is read whole, which is a person's own lifetime of bookings (about 1 KB each) and no one else's.
     */
    async ofPerson(
      personId: string,
      page: { limit: number; start?: Record<string, string> },
      /** Only of these local dates. */
      { from = '', to = '~' }: { from?: LocalDate | undefined; to?: LocalDate | undefined } = {},
    ): Promise<Page<BookingItem>> {
      const pk = partitions.bookings(personId);
      const read = await queryAll<BookingItem>(store, { pk, consistent: true });
      const all = read.filter(({ date }) => from <= date && date <= to);
      const order = (it: BookingItem) => indexes.rosterSort(it.startsAt, it.bookingId);
      all.sort((a, b) => (order(a) < order(b) ? 1 : -1));
      const after = page.start?.['sk'];
      const rest = after === undefined ? all : all.filter((it) => order(it) < after);
      const items = rest.slice(0, page.limit);
      const last = items.at(-1);
      return { items, ...(last && rest.length > items.length && { next: { pk, sk: order(last) } }) };
    },
  };
}
