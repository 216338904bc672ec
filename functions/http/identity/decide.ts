import type { identity } from '../../../shared/contract/identity.ts';
import { approveMerge, rejectMerge } from '../../../shared/store/transactions/merge-people.ts';
import { requireSite } from '../../runtime/actor.ts';
import type { RouteHandler, RouteRequest } from '../../runtime/area-handler.ts';
import type { IdentityDeps } from './deps.ts';
import { answered } from './merge-view.ts';

type Routes = (typeof identity)['routes'];
type Approve = Routes['POST /api/identity/merges/{mergeId}/approve'];
type Reject = Routes['POST /api/identity/merges/{mergeId}/reject'];

const deciding =
  (decide: typeof approveMerge) =>
  async ({ actor, params, body, idempotency }: RouteRequest<Approve>, deps: IdentityDeps) => {
    requireSite(actor, body.siteId);
    const input = { ...body, ...params, by: actor.personId, auditId: deps.newId(), idempotency };
    return await answered(deps, actor, await decide(deps.engine, input));
  };

export const approve: RouteHandler<Approve, IdentityDeps> = deciding(approveMerge);
export const reject: RouteHandler<Reject, IdentityDeps> = deciding(rejectMerge);
