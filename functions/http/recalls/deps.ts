import type { Store } from '../../../shared/store/client.ts';
import { createDonations } from '../../../shared/store/donations.ts';
import { createRecalls } from '../../../shared/store/recalls.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';

export const recallsDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  donations: createDonations(store),
  recalls: createRecalls(store),
  sites: createSites(store),
});
export type RecallsDeps = ReturnType<typeof recallsDeps>;
