import { asRead } from './as-read.ts';
import type { DraftItem, Store } from './client.ts';
import { queryAll } from './every.ts';
import type { BookingItem, CoverItem } from './items/index.ts';
import { keys, partitions } from './keys.ts';
import { forgetAfter } from './ttl.ts';

/** How long after its shift what was asked is kept. */
const KEEP_DAYS = 7;

/** Replaces what is asked, provided nobody has since it was read. */
export const coverWrite = (after: CoverItem, before: CoverItem | undefined, endsAt: string): DraftItem => ({
  Put: {
    Item: { ...keys.cover(after.eventId, after.bookingId), ...after, ...forgetAfter(endsAt, KEEP_DAYS) },
    ...asRead(before),
  },
});

export function createCovers(store: Store) {
  return {
    async get(eventId: string, bookingId: string): Promise<CoverItem | undefined> {
      return await store.get<CoverItem>(keys.cover(eventId, bookingId), { consistent: true });
    },

    /** What is asked in an event and still to be had, the longest first: the booking says whether its place is there. */
    async asked(eventId: string): Promise<{ cover: CoverItem; booking: BookingItem }[]> {
      const all = await queryAll<CoverItem>(store, { pk: partitions.covers(eventId), consistent: true });
      const asked = all
        .filter(({ status }) => status === 'asked')
        .sort((a, b) => (a.askedAt < b.askedAt || (a.askedAt === b.askedAt && a.bookingId < b.bookingId) ? -1 : 1));
      const bookings = (await store.batchGet(
        asked.map(({ bookingId }) => keys.booking(bookingId)),
        { consistent: true },
      )) as (BookingItem | undefined)[];
      return asked.flatMap((cover, n) => {
        const booking = bookings[n];
        return booking?.status === 'booked' && booking.slotId === cover.slotId ? [{ cover, booking }] : [];
      });
    },
  };
}
