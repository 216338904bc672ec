import type { identity } from '../../../shared/contract/identity.ts';
import { proposeMerge } from '../../../shared/store/transactions/merge-people.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { clashOf } from './clash.ts';
import type { IdentityDeps } from './deps.ts';
import { answered } from './merge-view.ts';

type Routes = (typeof identity)['routes'];

export const propose: RouteHandler<Routes['POST /api/identity/merges'], IdentityDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const { booking, here, other } = await clashOf(deps, actor, body);
  const answer = await proposeMerge(deps.engine, {
    // Of the key, so that a repeat meets its own.
    mergeId: `m${Buffer.from(idempotency.key, 'base64url').toString('hex').slice(0, 24)}`,
    siteId: booking.containerId,
    zone: booking.zone,
    keep: body.keep === 'here' ? here : other,
    join: body.keep === 'here' ? other : here,
    reason: body.reason,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency: { ...idempotency, input: await deps.documents.blind(idempotency.input) },
  });
  return await answered(deps, actor, answer);
};
