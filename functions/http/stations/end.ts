import type { stations } from '../../../shared/contract/stations.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf, stationAt } from './at-station.ts';
import type { StationsDeps } from './deps.ts';

type Routes = (typeof stations)['routes'];

export const endStation: RouteHandler<Routes['POST /api/stations/{stationId}/end'], StationsDeps> = async (
  request,
  deps,
) => {
  const station = await stationAt(deps, request);
  const { personId } = request.actor;
  await deps.stations.end(station.stationId, request.body.key, recordOf(deps, personId, 'station-ended', station));
  return { done: true };
};
