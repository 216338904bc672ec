import type { sites } from '../../../shared/contract/sites.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { SitesDeps } from './deps.ts';
import { siteView } from './views.ts';

type Routes = (typeof sites)['routes'];

export const listSites: RouteHandler<Routes['GET /api/sites'], SitesDeps> = async (_, deps) => ({
  items: (await deps.sites()).map(siteView),
});
