import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import { createBookings } from '../../../shared/store/bookings.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { createSlots } from '../../../shared/store/slots.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

export function deskDeps(
  store: Store,
  world: World,
  /** The key of the digests of second facts. */
  factKey: () => Promise<string>,
) {
  const slots = createSlots(store);
  return {
    ...commonDeps(store, world),
    engine: engineDeps(store, world),
    bookings: createBookings(store),
    factKey,
    sites: createSites(store),
    slots,
    /** A day's slots as of a moment ago, to suggest one. */
    day: async (containerId: string, date: LocalDate) => await slots.offered(containerId, date),
  };
}
export type DeskDeps = ReturnType<typeof deskDeps>;
