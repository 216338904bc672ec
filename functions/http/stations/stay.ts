import type { stations } from '../../../shared/contract/stations.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { stationAt } from './at-station.ts';
import type { StationsDeps } from './deps.ts';

type Routes = (typeof stations)['routes'];

export const stayAtStation: RouteHandler<Routes['POST /api/stations/{stationId}/stay'], StationsDeps> = async (
  request,
  deps,
) => {
  const { stationId, siteId } = await stationAt(deps, request);
  const { personId } = request.actor;
  const lockMinutes = await deps.lockMinutes(siteId);
  if (!(await deps.stations.stay({ stationId, key: request.body.key, personId, lockMinutes }))) {
    throw new ProblemError('station-locked');
  }
  return { done: true };
};
