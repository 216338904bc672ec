import type { roles } from '../../../shared/contract/roles.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ask } from './ask.ts';
import type { RolesDeps } from './deps.ts';

type Routes = (typeof roles)['routes'];

export const askFactor: RouteHandler<Routes['POST /api/roles/changes/second-factor'], RolesDeps> = async (
  { actor, body: { personId, ...wish }, idempotency },
  deps,
) => await ask(deps, actor, { personId, wish: { what: 'second-factor', ...wish }, idempotency });
