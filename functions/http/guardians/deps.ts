import { createBookings } from '../../../shared/store/bookings.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createEvents } from '../../../shared/store/events.ts';
import { createGuardians } from '../../../shared/store/guardians.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

/** `publicUrl`: where the page is that a guardian answers on. */
export const guardiansDeps = (store: Store, world: World, publicUrl: string) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  bookings: createBookings(store),
  events: createEvents(store),
  guardians: createGuardians(store),
  publicUrl,
});
export type GuardiansDeps = ReturnType<typeof guardiansDeps>;
