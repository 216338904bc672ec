import type { donations } from '../../../shared/contract/donations.ts';
import { begin } from '../../../shared/store/transactions/take-step.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredBooking } from './covered.ts';
import type { DonationsDeps } from './deps.ts';
import { stepped } from './stepped.ts';

type Routes = (typeof donations)['routes'];

export const beginDonation: RouteHandler<Routes['POST /api/donations/begin'], DonationsDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  await coveredBooking(deps, actor, body.bookingId);
  const input = { ...body, by: actor.personId, auditId: deps.newId(), idempotency };
  return await stepped(deps, await begin(deps.engine, input));
};
