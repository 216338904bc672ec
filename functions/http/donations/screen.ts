import type { donations } from '../../../shared/contract/donations.ts';
import { screenDonor } from '../../../shared/store/transactions/screen.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredBooking, coveredSite } from './covered.ts';
import type { DonationsDeps } from './deps.ts';

type Routes = (typeof donations)['routes'];

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
