import type { figures } from '../../../shared/contract/figures.ts';
import { csvText } from '../../../shared/domain/csv.ts';
import { sumUp } from '../../../shared/domain/figures.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { FiguresDeps } from './deps.ts';
import { countedSites, coveredSites, eachSite } from './several.ts';
import { countColumns, tableOf } from './table.ts';
import { FIGURE_WORDS } from './words.ts';

type Routes = (typeof figures)['routes'];

export const getSitesTable: RouteHandler<Routes['GET /api/figures/sites/table.csv'], FiguresDeps> = async (
  { actor, query: { table, ...query }, language },
  deps,
) => {
  const sites = await coveredSites(deps, actor, query.sites);
  const words = FIGURE_WORDS[language];
  if (table === 'sites') {
    const { counts, heads } = countColumns(language);
    const all = await countedSites(deps, sites, query);
    return csvText([
      [words.site, ...heads],
      ...all.map(({ site, counted }) => [site.name[language], ...counts(sumUp(counted.days, query).total)]),
    ]);
  }
  const tables = await eachSite(sites, async (site) => ({
    site,
    ...(await tableOf(deps, site, { ...query, siteId: site.siteId, table }, language)),
  }));
  return csvText([
    [words.site, ...(tables[0]?.head ?? [])],
    ...tables.flatMap(({ site, rows }) => rows.map((row) => [site.name[language], ...row])),
  ]);
};
