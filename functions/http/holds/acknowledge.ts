import type { holds } from '../../../shared/contract/holds.ts';
import { acknowledgeHold } from '../../../shared/store/transactions/hold-donation.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredDonation } from './covered.ts';
import type { HoldsDeps } from './deps.ts';
import { holdViews, refuse } from './views.ts';

type Routes = (typeof holds)['routes'];

export const acknowledge: RouteHandler<Routes['POST /api/holds/{din}/acknowledge'], HoldsDeps> = async (
  { actor, params, idempotency },
  deps,
) => {
  const { donation, site } = await coveredDonation(deps, actor, params.din);
  const answer = await acknowledgeHold(deps, {
    din: donation.din,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  if (answer.kind !== 'done') return refuse(answer.kind);
  const [view] = await holdViews(deps, site, [answer]);
  if (!view) throw new ProblemError('not-found');
  return view;
};
