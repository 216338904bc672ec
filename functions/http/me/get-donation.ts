import type { me } from '../../../shared/contract/me.ts';
import type { DonationItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { MeDeps } from './deps.ts';
import { donationView } from './donation-view.ts';
import { cityRules } from './list-donations.ts';

type Routes = (typeof me)['routes'];

export const getMyDonation: RouteHandler<Routes['GET /api/me/donations/{din}'], MeDeps> = async (
  { actor, params, query },
  deps,
) => {
  const [sites, donation] = await Promise.all([
    deps.sites.list(),
    deps.store.get<DonationItem>(keys.donation(actor.personId, query.date, params.din), { consistent: true }),
  ]);
  if (!donation) throw new ProblemError('not-found');
  return donationView(donation, cityRules(sites, deps));
};
