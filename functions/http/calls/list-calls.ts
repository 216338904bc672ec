import type { calls } from '../../../shared/contract/calls.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredSite } from './covered.ts';
import type { CallsDeps } from './deps.ts';
import { callView } from './views.ts';

type Routes = (typeof calls)['routes'];

/** What is older is of no use to anybody at the desk. */
const MOST = 30;

export const listCalls: RouteHandler<Routes['GET /api/calls'], CallsDeps> = async ({ actor, query }, deps) => {
  await coveredSite(deps, actor, query.siteId);
  const all = await deps.calls.ofSite(query.siteId);
  const latest = all.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).slice(0, MOST);
  return { items: latest.map(callView) };
};
