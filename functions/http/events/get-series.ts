import type { events } from '../../../shared/contract/events.ts';
import { requireOrganisation } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { seriesView } from './series-view.ts';

type Routes = (typeof events)['routes'];

export const getSeries: RouteHandler<Routes['GET /api/series/{seriesId}'], EventsDeps> = async (
  { actor, params },
  deps,
) => {
  const series = await deps.series.get(params.seriesId);
  if (!series) throw new ProblemError('not-found');
  requireOrganisation(actor, series.organisationId);
  return await seriesView(deps, series);
};
