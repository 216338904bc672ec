import type { Store } from '../../../shared/store/client.ts';
import { createDonations } from '../../../shared/store/donations.ts';
import { createDoubts } from '../../../shared/store/doubts.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';

export const doubtsDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  donations: createDonations(store),
  doubts: createDoubts(store),
  sites: createSites(store),
});
export type DoubtsDeps = ReturnType<typeof doubtsDeps>;
