import type { recalls } from '../../../shared/contract/recalls.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredRecall } from './covered.ts';
import type { RecallsDeps } from './deps.ts';
import { recallView } from './views.ts';

type Routes = (typeof recalls)['routes'];

export const getRecall: RouteHandler<Routes['GET /api/recalls/{recallId}'], RecallsDeps> = async (
  { actor, params, query },
  deps,
) => {
  const { recall, site } = await coveredRecall(deps, actor, { ...params, ...query });
  const { view, subjects } = await recallView(deps, recall, site);
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'recall-read',
      scope: site.siteId,
      zone: site.zone,
      at: nowOf(deps),
      subjects,
      id: deps.newId(),
    }),
  );
  return view;
};
