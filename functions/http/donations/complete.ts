import type { donations } from '../../../shared/contract/donations.ts';
import { parseDin, printDin } from '../../../shared/domain/din.ts';
import { completeDonation } from '../../../shared/store/transactions/complete-donation.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredBooking, coveredSite, isOwn } from './covered.ts';
import type { DonationsDeps } from './deps.ts';

type Routes = (typeof donations)['routes'];

export const complete: RouteHandler<Routes['POST /api/donations'], DonationsDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const booking = await coveredBooking(deps, actor, body.bookingId);
  const site = await coveredSite(deps, actor, booking.containerId);
  const din = parseDin(body.din, site.dinScheme);
  if (!din.ok || !isOwn(site, din.din)) throw new ProblemError('din-invalid');
  if (!site.procedures.includes(body.procedure)) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'procedure', why: 'not-allowed' }] });
  }
  if (body.detail && !body.reaction) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'detail', why: 'not-allowed' }] });
  }
  const answer = await completeDonation(deps.engine, site, {
    ...body,
    din: din.din,
    by: actor.personId,
    idempotency,
  });
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind === 'refused') throw new ProblemError('refused', { reasons: answer.reasons });
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  const { din: recorded, reaction } = answer;
  return { ...recorded, dinPrinted: printDin(recorded.din, site.dinScheme), reaction };
};
