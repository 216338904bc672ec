import type { Store } from '../../../shared/store/client.ts';
import { createClosures } from '../../../shared/store/closures.ts';
import { createDrives } from '../../../shared/store/drives.ts';
import { createSchedules } from '../../../shared/store/schedules.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { createSlots } from '../../../shared/store/slots.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';

export const planningDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  drives: createDrives(store),
  closures: createClosures(store),
  schedules: createSchedules(store),
  sites: createSites(store),
  slots: createSlots(store),
});
export type PlanningDeps = ReturnType<typeof planningDeps>;
