import type { stations } from '../../../shared/contract/stations.ts';
import { isEasyPin } from '../../../shared/domain/station.ts';
import { deviceDigest, sessionDigest } from '../../../shared/store/people.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { recordOf, seated, stationAt } from './at-station.ts';
import type { StationsDeps } from './deps.ts';

type Routes = (typeof stations)['routes'];

export const joinStation: RouteHandler<Routes['POST /api/stations/{stationId}/join'], StationsDeps> = async (
  request,
  deps,
) => {
  const { actor, claims, device, body, idempotency } = request;
  const station = await stationAt(deps, request);
  // The key alone, carried to another browser, seats nobody there.
  if (!device || deviceDigest(device) !== station.device) throw new ProblemError('not-found');
  if (isEasyPin(body.pin)) throw new ProblemError('invalid-input', { fields: [{ path: 'pin', why: 'not-allowed' }] });
  const { stationId, siteId } = station;
  const answer = await deps.stations.join({
    stationId,
    key: body.key,
    personId: actor.personId,
    session: sessionDigest(claims, device),
    seatKey: deps.newSeatKey(),
    pin: body.pin,
    lockMinutes: await deps.lockMinutes(siteId),
    audit: recordOf(deps, actor.personId, 'station-joined', station),
    idempotency,
  });
  const profile = await deps.people.profile(actor.personId);
  return { ...(await seated(deps, actor.personId, siteId, answer)), name: profile?.name ?? '' };
};
