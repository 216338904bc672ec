import type { precheck } from '../../../shared/contract/precheck.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { PrecheckDeps } from './deps.ts';
import { myPrecheck } from './my-precheck.ts';

type Routes = (typeof precheck)['routes'];

export const getPrecheck: RouteHandler<Routes['GET /api/precheck'], PrecheckDeps> = async ({ actor, query }, deps) =>
  await myPrecheck(deps, actor.personId, query.siteId);
