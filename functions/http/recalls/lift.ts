import type { recalls } from '../../../shared/contract/recalls.ts';
import { goOnRecalling, liftRecall } from '../../../shared/store/transactions/recall.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { IN_REQUEST_MS } from './begin.ts';
import { coveredRecall } from './covered.ts';
import type { RecallsDeps } from './deps.ts';
import { recallOf, recallView } from './views.ts';

type Routes = (typeof recalls)['routes'];

export const lift: RouteHandler<Routes['POST /api/recalls/{recallId}/lift'], RecallsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { site } = await coveredRecall(deps, actor, { ...params, ...body });
  const by = actor.personId;
  const begun = recallOf(await liftRecall(deps, { ...params, ...body, by, auditId: deps.newId(), idempotency }));
  const recall = (await goOnRecalling(deps, begun, deps.clock.now() + IN_REQUEST_MS)) ?? begun;
  return (await recallView(deps, recall, site)).view;
};
