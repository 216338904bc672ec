import type { precheck } from '../../../shared/contract/precheck.ts';
import { correctElsewhere } from '../../../shared/store/transactions/declare-elsewhere.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { PrecheckDeps } from './deps.ts';
import { answered, refuseAhead, whole } from './elsewhere-views.ts';
import { rulesOf } from './rules-of.ts';

type Routes = (typeof precheck)['routes'];

export const editElsewhere: RouteHandler<Routes['PUT /api/precheck/elsewhere/{declaredId}'], PrecheckDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { pack, today } = await rulesOf(deps, undefined);
  const { version, ...donation } = body;
  refuseAhead(donation.date, today);
  const { personId } = actor;
  const input = { personId, pack, on: today, idempotency, ...params, version, donation: whole(donation) };
  return await answered(deps, personId, await correctElsewhere(deps.engine, input));
};
