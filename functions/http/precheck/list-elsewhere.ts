import type { precheck } from '../../../shared/contract/precheck.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { PrecheckDeps } from './deps.ts';
import { all } from './elsewhere-views.ts';

type Routes = (typeof precheck)['routes'];

export const listElsewhere: RouteHandler<Routes['GET /api/precheck/elsewhere'], PrecheckDeps> = async (
  { actor },
  deps,
) => await all(deps, actor.personId);
