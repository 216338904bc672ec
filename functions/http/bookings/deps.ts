import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import { createBookings } from '../../../shared/store/bookings.ts';
import type { Store } from '../../../shared/store/client.ts';
import { offeredDay } from '../../../shared/store/drives.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';
import { shortCache } from '../../runtime/short-cache.ts';

/** In a rush everyone who comes too late is offered another slot: the days are read once for all of them. */
const DAY_MS = 1_500;

export function bookingsDeps(store: Store, world: World) {
  const day = shortCache(world.clock, DAY_MS, ([containerId, date]: [string, LocalDate]) =>
    offeredDay(store, containerId, date),
  );
  return {
    ...commonDeps(store, world),
    engine: engineDeps(store, world),
    bookings: createBookings(store),
    /** A day's slots as of a moment ago: enough to suggest one, never to take one. */
    day: async (containerId: string, date: LocalDate) => await day([containerId, date]),
  };
}
export type BookingsDeps = ReturnType<typeof bookingsDeps>;
