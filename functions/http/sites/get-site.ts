import type { sites } from '../../../shared/contract/sites.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { SitesDeps } from './deps.ts';
import { siteInFull } from './views.ts';

type Routes = (typeof sites)['routes'];

export const getSite: RouteHandler<Routes['GET /api/sites/{siteId}'], SitesDeps> = async ({ params }, deps) => {
  const site = await deps.site(params.siteId);
  if (!site) throw new ProblemError('not-found');
  return siteInFull(site, nowOf(deps));
};
