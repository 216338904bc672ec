import type { roles } from '../../../shared/contract/roles.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { ask } from './ask.ts';
import type { RolesDeps } from './deps.ts';

type Routes = (typeof roles)['routes'];

export const askFact: RouteHandler<Routes['POST /api/roles/changes/second-fact'], RolesDeps> = async (
  { actor, body: { personId, ...wish }, idempotency },
  deps,
) => {
  if (wish.birthDate > nowOf(deps).slice(0, 10) || wish.birthDate < '1900-01-01') {
    throw new ProblemError('invalid-input', { fields: [{ path: 'birthDate', why: 'not-allowed' }] });
  }
  return await ask(deps, actor, { personId, wish: { what: 'second-fact', ...wish }, idempotency });
};
