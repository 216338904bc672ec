import type { holds } from '../../../shared/contract/holds.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { partitions } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import { coveredSite } from './covered.ts';
import type { HoldsDeps } from './deps.ts';
import { holdViews } from './views.ts';

type Routes = (typeof holds)['routes'];

export const listHolds: RouteHandler<Routes['GET /api/holds'], HoldsDeps> = async ({ actor, query }, deps) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const open = query.done !== 'true';
  const { pk } = partitions.holds(site.siteId, open);
  const page = await deps.holds.ofSite(site.siteId, open, pageOf(query, { pkName: 'pk', pk }));
  // A request of which nothing was out was never anybody's here to see.
  const shown = page.items.filter(({ open, acknowledgedBy }) => open || acknowledgedBy);
  const read = await Promise.all(shown.map(async (hold) => ({ hold, chain: await deps.donations.chain(hold.din) })));
  const held = read.flatMap(({ hold, chain }) => (chain ? [{ hold, chain }] : []));
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'holds-read',
      scope: site.siteId,
      zone: site.zone,
      at: nowOf(deps),
      subjects: [...new Set(held.map(({ chain }) => chain.din.personId))],
      id: deps.newId(),
    }),
  );
  const items = await holdViews(deps, site, held);
  return { ...pageAnswer({ ...page, items }, (view) => view) };
};
