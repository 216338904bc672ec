import { createBookings } from '../../../shared/store/bookings.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createClosures } from '../../../shared/store/closures.ts';
import { createDonations } from '../../../shared/store/donations.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { createSlots } from '../../../shared/store/slots.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

export const closuresDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  bookings: createBookings(store),
  closures: createClosures(store),
  donations: createDonations(store),
  sites: createSites(store),
  slots: createSlots(store),
});
export type ClosuresDeps = ReturnType<typeof closuresDeps>;
