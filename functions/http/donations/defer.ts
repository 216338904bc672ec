import type { donations } from '../../../shared/contract/donations.ts';
import { deferDonor } from '../../../shared/store/transactions/defer.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredBooking, coveredSite } from './covered.ts';
import type { DonationsDeps } from './deps.ts';

type Routes = (typeof donations)['routes'];

export const defer: RouteHandler<Routes['POST /api/donations/deferrals'], DonationsDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const booking = await coveredBooking(deps, actor, body.bookingId);
  const site = await coveredSite(deps, actor, booking.containerId);
  const answer = await deferDonor(deps.engine, site, { ...body, by: actor.personId, idempotency });
  switch (answer.kind) {
    case 'done':
      return {
        bookingId: body.bookingId,
        permanent: 'permanent' in answer.wait,
        ...('until' in answer.wait && { deferredUntil: answer.wait.until }),
      };
    case 'unknown-reason':
      throw new ProblemError('invalid-input', { fields: [{ path: 'reason', why: 'not-allowed' }] });
    case 'bad-since':
      throw new ProblemError('invalid-input', { fields: [{ path: 'since', why: answer.why }] });
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    default:
      throw new ProblemError(answer.kind);
  }
};
