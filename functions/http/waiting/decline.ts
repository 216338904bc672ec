import type { waiting } from '../../../shared/contract/waiting.ts';
import { declineOffer } from '../../../shared/store/transactions/answer-offer.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { answered } from './answered.ts';
import type { WaitingDeps } from './deps.ts';
import { waitView } from './views.ts';

type Routes = (typeof waiting)['routes'];

export const decline: RouteHandler<Routes['POST /api/waiting/{waitId}/decline'], WaitingDeps> = async (
  { actor, params, language, idempotency },
  deps,
) => {
  const answer = await declineOffer(deps.engine, { waitId: params.waitId, personId: actor.personId, idempotency });
  return await waitView(deps, answered(answer), await deps.people.lock(actor.personId), language);
};
