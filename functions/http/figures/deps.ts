import type { Store } from '../../../shared/store/client.ts';
import { createFigures } from '../../../shared/store/figures/figures.ts';
import { createJobs } from '../../../shared/store/jobs.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';

export const figuresDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  figures: createFigures(store),
  jobs: createJobs(store),
  sites: createSites(store),
});
export type FiguresDeps = ReturnType<typeof figuresDeps>;
