import { createBookings } from '../../../shared/store/bookings.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createDocuments } from '../../../shared/store/documents.ts';
import { createEvents } from '../../../shared/store/events.ts';
import { createInsured } from '../../../shared/store/insured.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

export const insuranceDeps = (
  store: Store,
  world: World,
  /** The key under which identity numbers are sealed. */
  identityKey: () => Promise<string>,
) => ({
  ...commonDeps(store, world),
  bookings: createBookings(store),
  events: createEvents(store),
  insured: createInsured(engineDeps(store, world), identityKey),
  blind: createDocuments(store, identityKey).blind,
});
export type InsuranceDeps = ReturnType<typeof insuranceDeps>;
