import type { Store } from '../../../shared/store/client.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { createWaits } from '../../../shared/store/waits.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

export const waitingDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  waits: createWaits(store),
  sites: createSites(store),
});
export type WaitingDeps = ReturnType<typeof waitingDeps>;
