import type { holds } from '../../../shared/contract/holds.ts';
import { printDin } from '../../../shared/domain/din.ts';
import { holdDonation } from '../../../shared/store/transactions/hold-donation.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredDonation } from './covered.ts';
import type { HoldsDeps } from './deps.ts';
import { refuse } from './views.ts';

type Routes = (typeof holds)['routes'];

export const hold: RouteHandler<Routes['POST /api/holds'], HoldsDeps> = async ({ actor, body, idempotency }, deps) => {
  const { donation, site } = await coveredDonation(deps, actor, body.din);
  const answer = await holdDonation(deps, {
    din: donation.din,
    via: 'phone',
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  if (answer !== 'done') return refuse(answer);
  return { din: donation.din, dinPrinted: printDin(donation.din, site.dinScheme), held: true };
};
