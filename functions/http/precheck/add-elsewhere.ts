import type { precheck } from '../../../shared/contract/precheck.ts';
import { declareElsewhere } from '../../../shared/store/transactions/declare-elsewhere.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { PrecheckDeps } from './deps.ts';
import { answered, refuseAhead, whole } from './elsewhere-views.ts';
import { rulesOf } from './rules-of.ts';

type Routes = (typeof precheck)['routes'];

export const addElsewhere: RouteHandler<Routes['POST /api/precheck/elsewhere'], PrecheckDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const { pack, today } = await rulesOf(deps, undefined);
  refuseAhead(body.date, today);
  const { personId } = actor;
  return await answered(
    deps,
    personId,
    await declareElsewhere(deps.engine, { personId, pack, on: today, idempotency, donation: whole(body) }),
  );
};
