import type { recalls } from '../../../shared/contract/recalls.ts';
import { partitions } from '../../../shared/store/keys.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { colleagues } from '../../runtime/colleagues.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import { coveredSite } from './covered.ts';
import type { RecallsDeps } from './deps.ts';
import { summaryView } from './views.ts';

type Routes = (typeof recalls)['routes'];

export const listRecalls: RouteHandler<Routes['GET /api/recalls'], RecallsDeps> = async ({ actor, query }, deps) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const pk = partitions.recalls(site.siteId);
  const page = await deps.recalls.ofSite(site.siteId, pageOf(query, { pkName: 'pk', pk }));
  const nameOf = await colleagues(
    deps.people,
    page.items.flatMap(({ by, liftedBy }) => [by, liftedBy]),
  );
  return pageAnswer(page, (recall) => summaryView(recall, site, nameOf));
};
