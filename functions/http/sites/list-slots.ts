import type { sites } from '../../../shared/contract/sites.ts';
import { addSpan, daysBetween } from '../../../shared/domain/local-time.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { SitesDeps } from './deps.ts';
import { slotView } from './views.ts';

type Routes = (typeof sites)['routes'];

const MOST_DAYS = 31;

/** One Query a day; days are read side by side. Slots that have begun are left out: nobody can take them. */
export const listSlots: RouteHandler<Routes['GET /api/sites/{siteId}/slots'], SitesDeps> = async (
  { params, query },
  deps,
) => {
  const days = daysBetween(query.from, query.to) + 1;
  if (days < 1 || days > MOST_DAYS) throw new ProblemError('range-too-long');
  const site = await deps.site(params.siteId);
  if (!site) throw new ProblemError('not-found');
  const dates = Array.from({ length: days }, (_, n) => addSpan(query.from, { value: n, unit: 'day' }));
  const found = (await Promise.all(dates.map((date) => deps.day(site.siteId, date)))).flat();
  const now = new Date(deps.clock.now()).toISOString();
  return {
    items: found
      .filter(({ slot }) => slot.startsAt > now)
      .filter(({ slot }) => query.procedure === undefined || slot.procedure === query.procedure)
      .map(slotView),
  };
};
