import { createBlocks } from '../../../shared/store/blocks.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { createSlots } from '../../../shared/store/slots.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

export const blocksDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  blocks: createBlocks(store),
  sites: createSites(store),
  slots: createSlots(store),
});
export type BlocksDeps = ReturnType<typeof blocksDeps>;
