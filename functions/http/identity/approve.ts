import type { identity } from '../../../shared/contract/identity.ts';
import { approveMerge } from '../../../shared/store/transactions/merge-people.ts';
import { requireSite } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { IdentityDeps } from './deps.ts';
import { answered } from './merge-view.ts';

type Routes = (typeof identity)['routes'];

export const approve: RouteHandler<Routes['POST /api/identity/merges/{mergeId}/approve'], IdentityDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  requireSite(actor, body.siteId);
  const input = { ...body, ...params, by: actor.personId, auditId: deps.newId(), idempotency };
  return await answered(deps, actor, await approveMerge(deps.engine, input));
};
