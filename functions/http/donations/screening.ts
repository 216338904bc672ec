import type { donations } from '../../../shared/contract/donations.ts';
import { screeningChecks } from '../../../shared/domain/screening.ts';
import { packFor } from '../../../shared/policy/index.ts';
import { auditItem } from '../../../shared/store/audit.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { screenDonor } from '../../../shared/store/transactions/screen.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredBooking, coveredSite } from './covered.ts';
import type { DonationsDeps } from './deps.ts';

type Routes = (typeof donations)['routes'];

export const getScreening: RouteHandler<Routes['GET /api/donations/screening'], DonationsDeps> = async (
  { actor, query },
  deps,
) => {
  const booking = await coveredBooking(deps, actor, query.bookingId);
  const site = await coveredSite(deps, actor, booking.containerId);
  const lock = await deps.people.lock(booking.personId);
  const { procedure } = booking;
  if (!lock || !procedure) throw new ProblemError('not-found');
  const pack = packFor(site.pack, booking.date);
  await deps.store.put(
    auditItem({
      by: actor.personId,
      action: 'screening-read',
      scope: site.siteId,
      zone: site.zone,
      at: nowOf(deps),
      subjects: [booking.personId],
      id: deps.newId(),
    }),
  );
  const { sex } = lock.facts;
  return {
    checks: screeningChecks(pack, { sex, procedure, athlete: query.athlete === 'true' }),
    athletes: pack.screening.some(({ measure }) => measure === 'pulse-athlete'),
    units: pack.units,
    procedure,
  };
};

export const screen: RouteHandler<Routes['POST /api/donations/screening'], DonationsDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const booking = await coveredBooking(deps, actor, body.bookingId);
  const site = await coveredSite(deps, actor, booking.containerId);
  const { bookingId, athlete = false } = body;
  const by = actor.personId;
  const answer = await screenDonor(deps.engine, site, { ...body, athlete, by, auditId: deps.newId(), idempotency });
  switch (answer.kind) {
    case 'passed':
      return { bookingId, passed: true, permanent: false };
    case 'done':
      return {
        bookingId,
        passed: false,
        permanent: 'permanent' in answer.wait,
        ...('until' in answer.wait && { deferredUntil: answer.wait.until }),
      };
    case 'unknown-reason':
      throw new ProblemError('invalid-input', { fields: [{ path: 'deferral.reason', why: 'not-allowed' }] });
    case 'bad-since':
      throw new ProblemError('invalid-input', { fields: [{ path: 'deferral.since', why: answer.why }] });
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    default:
      throw new ProblemError(answer.kind);
  }
};
