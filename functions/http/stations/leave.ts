import type { stations } from '../../../shared/contract/stations.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf, stationAt } from './at-station.ts';
import type { StationsDeps } from './deps.ts';

type Routes = (typeof stations)['routes'];

export const leaveStation: RouteHandler<Routes['POST /api/stations/{stationId}/leave'], StationsDeps> = async (
  request,
  deps,
) => {
  const station = await stationAt(deps, request);
  const { personId } = request.actor;
  await deps.stations.leave(
    station.stationId,
    request.body.key,
    personId,
    recordOf(deps, personId, 'station-left', station),
  );
  return { done: true };
};
