import type { MovedBooking, MoveFacts } from '../domain/closures.ts';
import { addSpan, daysBetween } from '../domain/dates.ts';
import type { Instant, LocalDate } from '../domain/vocabulary.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Store } from './client.ts';
import { queryAll } from './every.ts';
import type { BookingItem, ClosureItem, MoveCodeItem, MoveItem } from './items/index.ts';
import { indexes, keys, partitions } from './keys.ts';
import { forgetAfter } from './ttl.ts';

/** How long after its day a move is kept, for whoever asks what became of somebody. */
const KEEP_DAYS = 60;
/** A code stays the caller's this long after the time to answer, for whoever calls a little late. */
const CODE_KEPT_DAYS = 1;

/** The dates a closure is about. */
export const datesOf = ({ from, to }: Pick<ClosureItem, 'from' | 'to'>): LocalDate[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, n) => addSpan(from, { value: n, unit: 'day' }));

/** Whether a closure holds: slots that are not there yet are made as it says, or not at all. */
export const isInForce = ({ status }: Pick<ClosureItem, 'status'>): boolean =>
  status === 'applying' || status === 'applied';

export const moveFacts = (move: MoveItem): MoveFacts => ({
  closureId: move.closureId,
  ...(move.to && { to: move.to }),
  ...(move.until && { until: move.until }),
  accepted: move.acceptedAt !== undefined,
  returned: move.returnedAt !== undefined,
});

export const movedBooking = (booking: BookingItem): MovedBooking => ({
  status: booking.status,
  ...(booking.closure && { closureId: booking.closure.id }),
});

/** A closure after a change: `version` and `changedAt` follow by themselves, and it is in the job's index while that has work. */
export function closureWrite(
  before: ClosureItem,
  change: Partial<ClosureItem>,
  now: Instant,
): { after: ClosureItem; write: DraftItem } {
  const { gsi1pk: _pk, gsi1sk: _sk, ...kept } = before;
  const after = inIndex({ ...kept, ...change, changedAt: now, version: before.version + 1 });
  return {
    after,
    write: {
      Put: {
        Item: { ...keys.closure(before.siteId, before.closureId), ...after },
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': before.version },
      },
    },
  };
}

const inIndex = (closure: ClosureItem): ClosureItem =>
  closure.status === 'applying' || closure.status === 'reopening'
    ? {
        ...closure,
        gsi1pk: indexes.applying(),
        gsi1sk: indexes.applyingSort(closure.createdAt, closure.closureId),
      }
    : closure;

export const newClosureWrite = (closure: ClosureItem): DraftItem => ({
  Put: {
    Item: { ...keys.closure(closure.siteId, closure.closureId), ...inIndex(closure) },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** A little more than a day, for every zone there is. */
const forget = ({ from, to }: MoveItem) => {
  const last = to && to.date > from.date ? to.date : from.date;
  return forgetAfter(`${addSpan(last, { value: 2, unit: 'day' })}T00:00:00.000Z`, KEEP_DAYS);
};

/** Writes a move, provided it is new, or that nobody has changed it since it was read. */
export const moveWrite = (after: MoveItem, before: MoveItem | undefined): DraftItem => ({
  Put: {
    Item: { ...keys.move(after.closureId, after.bookingId), ...after, ...forget(after) },
    ...asRead(before),
  },
});

/** Takes a code, provided it is nobody's, nor was a moment ago. */
export const moveCodeWrite = (siteId: string, code: string, item: MoveCodeItem, now: Instant): DraftItem => ({
  Put: {
    Item: { ...keys.moveCode(siteId, code), ...item, ...forgetAfter(item.until, CODE_KEPT_DAYS) },
    ConditionExpression: 'attribute_not_exists(pk) OR #until < :past',
    ExpressionAttributeNames: { '#until': 'until' },
    ExpressionAttributeValues: {
      ':past': new Date(Date.parse(now) - CODE_KEPT_DAYS * 24 * 60 * 60_000).toISOString(),
    },
  },
});

export function createClosures(store: Store) {
  return {
    async get(siteId: string, closureId: string): Promise<ClosureItem | undefined> {
      return await store.get<ClosureItem>(keys.closure(siteId, closureId), { consistent: true });
    },

    /** Everything a site has ever closed or cut. */
    async ofSite(siteId: string): Promise<ClosureItem[]> {
      return await queryAll<ClosureItem>(store, { pk: partitions.closures(siteId), consistent: true });
    },

    /** Closures whose job has something left to do, the oldest first. */
    async unfinished(): Promise<ClosureItem[]> {
      return await queryAll<ClosureItem>(store, { pk: indexes.applying(), index: 'gsi1' });
    },

    async moves(closureId: string): Promise<MoveItem[]> {
      return await queryAll<MoveItem>(store, { pk: partitions.moves(closureId), consistent: true });
    },

    async move(closureId: string, bookingId: string): Promise<MoveItem | undefined> {
      return await store.get<MoveItem>(keys.move(closureId, bookingId), { consistent: true });
    },

    /** A person's moves, latest first, as of a moment ago. */
    async movesOfPerson(personId: string): Promise<MoveItem[]> {
      return await queryAll<MoveItem>(store, { pk: indexes.moved(personId), index: 'gsi1', newestFirst: true });
    },

    async byCode(siteId: string, code: string): Promise<MoveCodeItem | undefined> {
      return await store.get<MoveCodeItem>(keys.moveCode(siteId, code), { consistent: true });
    },
  };
}
