import type { recalls } from '../../../shared/contract/recalls.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredDonation } from './covered.ts';
import type { RecallsDeps } from './deps.ts';
import { tracedView } from './views.ts';

type Routes = (typeof recalls)['routes'];

export const lookback: RouteHandler<Routes['GET /api/lookback'], RecallsDeps> = async ({ actor, query }, deps) => {
  const { donation, site } = await coveredDonation(deps, actor, query.din);
  const records = await deps.recalls.donationsOf(donation.personId);
  const [sites, chains] = await Promise.all([
    deps.sites.list(),
    Promise.all(records.map(async ({ din }) => await deps.donations.chain(din))),
  ]);
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'lookback-read',
      scope: site.siteId,
      zone: site.zone,
      at: nowOf(deps),
      subjects: [donation.personId],
      id: deps.newId(),
    }),
  );
  return {
    items: chains.flatMap((chain) =>
      chain
        ? [
            tracedView(
              chain,
              sites.find(({ siteId }) => siteId === chain.din.siteId),
            ),
          ]
        : [],
    ),
  };
};
