import type { Store } from '../../../shared/store/client.ts';
import { createDonations } from '../../../shared/store/donations.ts';
import { createDoubts } from '../../../shared/store/doubts.ts';
import { createIssues } from '../../../shared/store/issues.ts';
import { createLaboratory } from '../../../shared/store/laboratory.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';

export const doubtsDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  donations: createDonations(store),
  doubts: createDoubts(store),
  issues: createIssues(store),
  laboratory: createLaboratory(store),
  sites: createSites(store),
});
export type DoubtsDeps = ReturnType<typeof doubtsDeps>;
