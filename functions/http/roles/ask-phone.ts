import type { roles } from '../../../shared/contract/roles.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ask } from './ask.ts';
import type { RolesDeps } from './deps.ts';
import { phoneOf } from './phone-of.ts';

type Routes = (typeof roles)['routes'];

export const askPhone: RouteHandler<Routes['POST /api/roles/changes/phone'], RolesDeps> = async (
  { actor, body: { personId, ...wish }, idempotency },
  deps,
) => {
  const phone = await phoneOf(deps, wish.phone);
  return await ask(deps, actor, { personId, wish: { what: 'phone', ...wish, phone }, idempotency });
};
