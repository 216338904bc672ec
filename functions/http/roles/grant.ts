import type { roles } from '../../../shared/contract/roles.ts';
import { grantRole } from '../../../shared/store/transactions/change-role.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { RolesDeps } from './deps.ts';
import { recordOf } from './record.ts';
import { heldAfter, siteOf } from './scope.ts';

type Routes = (typeof roles)['routes'];

export const grant: RouteHandler<Routes['POST /api/roles/grant'], RolesDeps> = async (
  { actor, body: { reason, ...held }, idempotency },
  deps,
) => {
  const site = await siteOf(deps, held.role, held.scope);
  const change = { role: held.role, of: held.scope, reason };
  const answer = await grantRole(deps.engine, {
    ...held,
    by: actor.personId,
    audit: recordOf(deps, actor.personId, 'role-granted', [held.personId], { site, change }),
    idempotency,
  });
  return await heldAfter(deps, held.personId, answer);
};
