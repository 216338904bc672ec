import type { figures } from '../../../shared/contract/figures.ts';
import { csvText } from '../../../shared/domain/csv.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredSite } from './counted.ts';
import type { FiguresDeps } from './deps.ts';
import { tableOf } from './table.ts';

type Routes = (typeof figures)['routes'];

/** A table of the figures as a file: the same that the page draws, of days as finely as they are counted. */
export const getTable: RouteHandler<Routes['GET /api/figures/table.csv'], FiguresDeps> = async (
  { actor, query, language },
  deps,
) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const { head, rows } = await tableOf(deps, site, query, language);
  return csvText([head, ...rows]);
};
