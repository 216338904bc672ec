import type { precheck } from '../../../shared/contract/precheck.ts';
import { removeElsewhere } from '../../../shared/store/transactions/declare-elsewhere.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { PrecheckDeps } from './deps.ts';
import { answered } from './elsewhere-views.ts';
import { rulesOf } from './rules-of.ts';

type Routes = (typeof precheck)['routes'];

export const dropElsewhere: RouteHandler<
  Routes['POST /api/precheck/elsewhere/{declaredId}/remove'],
  PrecheckDeps
> = async ({ actor, params, body, idempotency }, deps) => {
  const { pack, today } = await rulesOf(deps, undefined);
  const { personId } = actor;
  const input = { personId, pack, on: today, idempotency, ...params, ...body };
  return await answered(deps, personId, await removeElsewhere(deps.engine, input));
};
