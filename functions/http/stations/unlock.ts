import type { stations } from '../../../shared/contract/stations.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { recordOf, seated } from './at-station.ts';
import type { StationsDeps } from './deps.ts';

type Routes = (typeof stations)['routes'];

/** Nobody calls who could be asked for a token: what a browser keeps of those who have a seat opens with the answer. */
export const unlockStation: RouteHandler<Routes['POST /api/stations/{stationId}/unlock'], StationsDeps> = async (
  { params: { stationId }, body: { key, personId, pin }, idempotency },
  deps,
) => {
  const station = await deps.stations.get(stationId, key);
  if (!station) throw new ProblemError('not-found');
  const answer = await deps.stations.unlock({
    stationId,
    key,
    personId,
    pin,
    lockMinutes: deps.lockMinutes,
    // Whoever mistypes a PIN has not shown who they are: that is recorded of the seat, under nobody's name.
    audit: (at, action) => recordOf(deps, action === 'station-unlocked' ? personId : stationId, action, at, personId),
    idempotency,
  });
  return await seated(deps, personId, station.siteId, answer);
};
