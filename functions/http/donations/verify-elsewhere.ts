import type { donations } from '../../../shared/contract/donations.ts';
import { verifyElsewhere } from '../../../shared/store/transactions/verify-elsewhere.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { elsewhereView } from '../../runtime/elsewhere-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredBooking, coveredSite } from './covered.ts';
import type { DonationsDeps } from './deps.ts';

type Routes = (typeof donations)['routes'];

export const verify: RouteHandler<
  Routes['POST /api/donations/elsewhere/{declaredId}/verification'],
  DonationsDeps
> = async ({ actor, params, body, idempotency }, deps) => {
  const { bookingId, ...asked } = body;
  const { personId, containerId } = await coveredBooking(deps, actor, bookingId);
  const site = await coveredSite(deps, actor, containerId);
  const input = { ...params, ...asked, personId, by: actor.personId, idempotency };
  const answer = await verifyElsewhere({ ...deps.engine, newId: deps.newId }, site, input);
  if (answer === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer !== 'done') throw new ProblemError(answer);
  return { items: (await deps.declared.elsewhere(personId)).map(elsewhereView) };
};
