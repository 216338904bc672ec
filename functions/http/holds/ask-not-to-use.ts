import type { holds } from '../../../shared/contract/holds.ts';
import { holdDonation } from '../../../shared/store/transactions/hold-donation.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { HoldsDeps } from './deps.ts';
import { refuse } from './views.ts';

type Routes = (typeof holds)['routes'];

/** Answered alike whatever has become of the donation, and however often it is asked. */
export const askNotToUse: RouteHandler<Routes['POST /api/me/donations/{din}/do-not-use'], HoldsDeps> = async (
  { actor, params, idempotency },
  deps,
) => {
  const donation = await deps.donations.byDin(params.din);
  if (donation?.personId !== actor.personId) throw new ProblemError('not-found');
  const answer = await holdDonation(deps, { din: donation.din, via: 'page', by: actor.personId, idempotency });
  if (answer !== 'done') return refuse(answer);
  return { received: true as const };
};
