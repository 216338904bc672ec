import type { Store } from '../../../shared/store/client.ts';
import { createDonations } from '../../../shared/store/donations.ts';
import { createHolds } from '../../../shared/store/holds.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';

export const holdsDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  donations: createDonations(store),
  holds: createHolds(store),
  sites: createSites(store),
});
export type HoldsDeps = ReturnType<typeof holdsDeps>;
