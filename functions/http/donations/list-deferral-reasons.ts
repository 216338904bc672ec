import type { donations } from '../../../shared/contract/donations.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { packFor } from '../../../shared/policy/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredSite } from './covered.ts';
import type { DonationsDeps } from './deps.ts';

type Routes = (typeof donations)['routes'];

export const listDeferralReasons: RouteHandler<Routes['GET /api/donations/deferral-reasons'], DonationsDeps> = async (
  { actor, query },
  deps,
) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const pack = packFor(site.pack, localDateOf(nowOf(deps), site.zone));
  return { items: pack.deferrals.map(({ code, label, rule, source, mark }) => ({ code, label, rule, source, mark })) };
};
