import type { planning } from '../../../shared/contract/planning.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { PlanningDeps } from './deps.ts';
import { drivesView } from './drives-view.ts';
import { coveredSite } from './plan-view.ts';

type Routes = (typeof planning)['routes'];

export const listDrives: RouteHandler<Routes['GET /api/planning/{siteId}/drives'], PlanningDeps> = async (
  { actor, params },
  deps,
) => await drivesView(deps, await coveredSite(deps, actor, params.siteId));
