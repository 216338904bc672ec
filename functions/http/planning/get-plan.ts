import type { planning } from '../../../shared/contract/planning.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { PlanningDeps } from './deps.ts';
import { coveredSite, planView } from './plan-view.ts';

type Routes = (typeof planning)['routes'];

export const getPlan: RouteHandler<Routes['GET /api/planning/{siteId}'], PlanningDeps> = async (
  { actor, params },
  deps,
) => await planView(deps, await coveredSite(deps, actor, params.siteId));
