import type { sites } from '../../../shared/contract/sites.ts';
import { daysBetween } from '../../../shared/domain/dates.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { SitesDeps } from './deps.ts';

type Routes = (typeof sites)['routes'];

const MOST_DAYS = 31;

export const listDays: RouteHandler<Routes['GET /api/sites/{siteId}/days'], SitesDeps> = async (
  { params, query },
  deps,
) => {
  const days = daysBetween(query.from, query.to) + 1;
  if (days < 1 || days > MOST_DAYS) throw new ProblemError('range-too-long');
  return await deps.daysBetween(params.siteId, query.from, query.to, query.procedure);
};
