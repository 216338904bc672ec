import type { Store } from '../../../shared/store/client.ts';
import { createDonations } from '../../../shared/store/donations.ts';
import { createLaboratory } from '../../../shared/store/laboratory.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

export const unitsDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  donations: createDonations(store),
  laboratory: createLaboratory(store),
  sites: createSites(store),
});
export type UnitsDeps = ReturnType<typeof unitsDeps>;
