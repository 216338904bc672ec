import type { stations } from '../../../shared/contract/stations.ts';
import { deviceDigest, sessionDigest } from '../../../shared/store/people.ts';
import { requireSite } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { recordOf } from './at-station.ts';
import type { StationsDeps } from './deps.ts';

type Routes = (typeof stations)['routes'];

export const makeStation: RouteHandler<Routes['POST /api/stations'], StationsDeps> = async (
  { actor, claims, device, body: { siteId, key }, idempotency },
  deps,
) => {
  requireSite(actor, siteId);
  const site = await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  if (!device) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'header.x-nuanliu-device', why: 'missing' }] });
  }
  const { zone, name } = site;
  // Of the call's own key, so that a repeat meets its own.
  const stationId = `s${Buffer.from(idempotency.key, 'base64url').toString('hex').slice(0, 24)}`;
  const made = await deps.stations.make(
    { stationId, siteId, zone, key, device: deviceDigest(device), madeBy: actor.personId },
    sessionDigest(claims, device),
    recordOf(deps, actor.personId, 'station-made', { stationId, siteId, zone }),
  );
  if (made === 'key-reused') throw new ProblemError('idempotency-key-reused');
  return { stationId, siteId, siteName: name, lockMinutes: await deps.lockMinutes(siteId) };
};
