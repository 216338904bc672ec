import type { recalls } from '../../../shared/contract/recalls.ts';
import { noteTold } from '../../../shared/store/transactions/recall.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredRecall } from './covered.ts';
import type { RecallsDeps } from './deps.ts';
import { recallOf, recallView } from './views.ts';

type Routes = (typeof recalls)['routes'];

export const told: RouteHandler<Routes['POST /api/recalls/{recallId}/told'], RecallsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { site } = await coveredRecall(deps, actor, { ...params, ...body });
  const by = actor.personId;
  const recall = recallOf(await noteTold(deps, { ...params, ...body, by, auditId: deps.newId(), idempotency }));
  return (await recallView(deps, recall, site)).view;
};
