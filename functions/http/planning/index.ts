import { planning } from '../../../shared/contract/planning.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { answerDrive } from './answer-drive.ts';
import { planningDeps } from './deps.ts';
import { getPlan } from './get-plan.ts';
import { listDrives } from './list-drives.ts';
import { putWeek } from './put-week.ts';

export const planningRoutes = {
  'GET /api/planning/{siteId}': getPlan,
  'PUT /api/planning/{siteId}/weeks/{effectiveFrom}': putWeek,
  'GET /api/planning/{siteId}/drives': listDrives,
  'POST /api/planning/{siteId}/drives/{eventId}': answerDrive,
};

const deps = once(() => planningDeps(storeFromEnv(), systemWorld('planning')));

export const handler = areaHandler(planning, deps, planningRoutes);
