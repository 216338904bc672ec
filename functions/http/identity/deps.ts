import { createBookings } from '../../../shared/store/bookings.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createDocuments } from '../../../shared/store/documents.ts';
import { createHealthAnswers } from '../../../shared/store/health-answers.ts';
import { createMerges } from '../../../shared/store/merge/merges.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

export const identityDeps = (
  store: Store,
  world: World,
  /** The key under which identity numbers are sealed and found. */
  identityKey: () => Promise<string>,
) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  bookings: createBookings(store),
  declared: createHealthAnswers(store),
  documents: createDocuments(store, identityKey),
  merges: createMerges(store),
  sites: createSites(store),
});
export type IdentityDeps = ReturnType<typeof identityDeps>;
