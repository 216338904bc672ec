import type { donations } from '../../../shared/contract/donations.ts';
import { checkIn } from '../../../shared/store/transactions/check-in.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredBooking } from './covered.ts';
import type { DonationsDeps } from './deps.ts';
import { rosterEntry } from './roster-entry.ts';

type Routes = (typeof donations)['routes'];

export const checkInDonor: RouteHandler<Routes['POST /api/donations/check-in'], DonationsDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  await coveredBooking(deps, actor, body.bookingId);
  const answer = await checkIn(deps.engine, {
    bookingId: body.bookingId,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  return rosterEntry(answer.booking, await deps.people.profile(answer.booking.personId));
};
