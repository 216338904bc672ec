import type { identity } from '../../../shared/contract/identity.ts';
import { rejectMerge } from '../../../shared/store/transactions/merge-people.ts';
import { requireSite } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { IdentityDeps } from './deps.ts';
import { answered } from './merge-view.ts';

type Routes = (typeof identity)['routes'];

export const reject: RouteHandler<Routes['POST /api/identity/merges/{mergeId}/reject'], IdentityDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  requireSite(actor, body.siteId);
  const input = { ...body, ...params, by: actor.personId, auditId: deps.newId(), idempotency };
  return await answered(deps, actor, await rejectMerge(deps.engine, input));
};
