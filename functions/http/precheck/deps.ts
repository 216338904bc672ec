import type { Store } from '../../../shared/store/client.ts';
import { createHealthAnswers } from '../../../shared/store/health-answers.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

export const precheckDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  sites: createSites(store),
  declared: createHealthAnswers(store),
});
export type PrecheckDeps = ReturnType<typeof precheckDeps>;
