import type { figures } from '../../../shared/contract/figures.ts';
import { sumUp } from '../../../shared/domain/figures.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { FiguresDeps } from './deps.ts';
import { countedSites, coveredSites, joinedDays, joinedReasons, joinedUse } from './several.ts';

type Routes = (typeof figures)['routes'];

export const getSites: RouteHandler<Routes['GET /api/figures/sites'], FiguresDeps> = async ({ actor, query }, deps) => {
  const sites = await coveredSites(deps, actor, query.sites);
  const all = await countedSites(deps, sites, query);
  // The day of the site that is the furthest on.
  const to =
    all
      .map(({ counted }) => counted.to)
      .sort()
      .at(-1) ?? query.from;
  const { reasons, label } = joinedReasons(all);
  const use = await joinedUse(deps, all, { ...query, to });
  return {
    from: query.from,
    to,
    ...sumUp(joinedDays(all), query),
    reasons: reasons.map((it) => ({ ...it, label: label(it.code) })),
    use: use.map(({ component, spread, days }) => ({ component, ...spread, days: [...days] })),
    loaded: all.reduce((sum, { counted }) => sum + counted.loaded, 0),
    pending: [...new Set(all.flatMap(({ counted }) => counted.pending))].sort(),
    sites: all.map(({ site, counted }) => ({
      siteId: site.siteId,
      name: site.name,
      ...sumUp(counted.days, query).total,
      loaded: counted.loaded,
      pending: counted.pending.length,
    })),
  };
};
