import { auditItem } from '../../../shared/store/audit.ts';
import type { StationItem } from '../../../shared/store/items/index.ts';
import type { SeatAnswer } from '../../../shared/store/stations.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { StationsDeps } from './deps.ts';

type At = { actor: Actor; params: { stationId: string }; body: { key: string } };

/** The station that a browser shows the key of, for staff of its site. */
export async function stationAt(deps: StationsDeps, { actor, params, body }: At): Promise<StationItem> {
  const station = await deps.stations.get(params.stationId, body.key);
  if (!station) throw new ProblemError('not-found');
  requireSite(actor, station.siteId);
  return station;
}

/** What is recorded of a station. */
export const recordOf = (
  deps: StationsDeps,
  by: string,
  action: string,
  { stationId, siteId, zone }: Pick<StationItem, 'stationId' | 'siteId' | 'zone'>,
  /** Of whom it is, where that is not who did it. */
  of = by,
) => ({
  Put: auditItem({
    by,
    action,
    scope: siteId,
    zone,
    at: new Date(deps.clock.now()).toISOString(),
    subjects: [of],
    change: { stationId },
    id: deps.newId(),
  }),
});

/** A seat as its browser is told of it, or the problem. */
export async function seated(deps: StationsDeps, personId: string, siteId: string, answer: SeatAnswer) {
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  const { seatKey, until } = answer;
  return { personId, seatKey, until, lockMinutes: await deps.lockMinutes(siteId) };
}
