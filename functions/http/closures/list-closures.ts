import type { closures } from '../../../shared/contract/closures.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredSite } from './covered.ts';
import type { ClosuresDeps } from './deps.ts';
import { closureView } from './views.ts';

type Routes = (typeof closures)['routes'];

/** What is older is of no use to anybody at the desk. */
const MOST = 30;

export const listClosures: RouteHandler<Routes['GET /api/closures'], ClosuresDeps> = async ({ actor, query }, deps) => {
  await coveredSite(deps, actor, query.siteId);
  const all = await deps.closures.ofSite(query.siteId);
  const latest = all.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).slice(0, MOST);
  return { items: await Promise.all(latest.map(async (closure) => await closureView(deps, closure))) };
};
