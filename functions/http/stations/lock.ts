import type { stations } from '../../../shared/contract/stations.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { StationsDeps } from './deps.ts';

type Routes = (typeof stations)['routes'];

export const lockStation: RouteHandler<Routes['POST /api/stations/{stationId}/lock'], StationsDeps> = async (
  { params: { stationId }, body: { key } },
  deps,
) => {
  if ((await deps.stations.lock(stationId, key)) === 'not-found') throw new ProblemError('not-found');
  return { done: true };
};
