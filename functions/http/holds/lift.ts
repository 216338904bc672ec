import type { holds } from '../../../shared/contract/holds.ts';
import { printDin } from '../../../shared/domain/din.ts';
import { liftHold } from '../../../shared/store/transactions/hold-donation.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredDonation } from './covered.ts';
import type { HoldsDeps } from './deps.ts';
import { refuse } from './views.ts';

type Routes = (typeof holds)['routes'];

export const lift: RouteHandler<Routes['POST /api/holds/{din}/lift'], HoldsDeps> = async (
  { actor, params, idempotency },
  deps,
) => {
  const { donation, site } = await coveredDonation(deps, actor, params.din);
  const { din } = donation;
  const answer = await liftHold(deps, { din, by: actor.personId, auditId: deps.newId(), idempotency });
  if (answer.kind !== 'done') return refuse(answer.kind);
  return { din, dinPrinted: printDin(din, site.dinScheme), held: false };
};
