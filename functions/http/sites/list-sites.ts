import type { sites } from '../../../shared/contract/sites.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { SitesDeps } from './deps.ts';
import { siteView } from './views.ts';

type Routes = (typeof sites)['routes'];

export const listSites: RouteHandler<Routes['GET /api/sites'], SitesDeps> = async (_, deps) => {
  const now = nowOf(deps);
  return { items: (await deps.sites()).map((site) => siteView(site, now)) };
};
