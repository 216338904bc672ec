import type { doubts } from '../../../shared/contract/doubts.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import type { DinItem } from '../../../shared/store/items/index.ts';
import { indexes, keys } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import type { DoubtsDeps } from './deps.ts';
import { coveredSite, doubtViews } from './views.ts';

type Routes = (typeof doubts)['routes'];

export const listDoubts: RouteHandler<Routes['GET /api/doubts'], DoubtsDeps> = async ({ actor, query }, deps) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const open = query.settled !== 'true';
  const pk = indexes.doubted(site.siteId, open);
  const page = await deps.doubts.ofSite(site.siteId, open, pageOf(query, { pkName: 'gsi1pk', pk }));
  const donations = (await deps.store.batchGet(page.items.map(({ din }) => keys.din(din)))) as (DinItem | undefined)[];
  const found = page.items.flatMap((doubt, n) => {
    const donation = donations[n];
    return donation ? [{ doubt, donation }] : [];
  });
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'doubts-read',
      scope: site.siteId,
      zone: site.zone,
      at: nowOf(deps),
      subjects: [...new Set(found.map(({ donation }) => donation.personId))],
      id: deps.newId(),
    }),
  );
  const items = await doubtViews(deps, site, found);
  return pageAnswer({ ...page, items }, (view) => view);
};
