import type { figures } from '../../../shared/contract/figures.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { FiguresDeps } from './deps.ts';
import { stockView } from './get-stock.ts';
import { coveredSites, eachSite } from './several.ts';

type Routes = (typeof figures)['routes'];

export const getSitesStock: RouteHandler<Routes['GET /api/figures/sites/stock'], FiguresDeps> = async (
  { actor, query },
  deps,
) => ({
  sites: await eachSite(await coveredSites(deps, actor, query.sites), async (site) => ({
    ...(await stockView(deps, site)),
    name: site.name,
    zone: site.zone,
  })),
});
