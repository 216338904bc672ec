import type { units } from '../../../shared/contract/units.ts';
import { readExpiry } from '../../../shared/domain/unit-expiry.ts';
import { moveUnit } from '../../../shared/store/transactions/move-unit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredChain } from './covered-chain.ts';
import type { UnitsDeps } from './deps.ts';
import { stepProblem } from './step-problem.ts';
import { chainView } from './views.ts';

type Routes = (typeof units)['routes'];

export const addStep: RouteHandler<Routes['POST /api/units/{din}/{unitId}/steps'], UnitsDeps> = async (
  { actor, params, body: { expiry: typed, ...body }, idempotency },
  deps,
) => {
  const { chain } = await coveredChain(deps, actor, params.din);
  const { din } = chain.din;
  const expiry = typed === undefined ? undefined : readExpiry(typed);
  if (typed !== undefined && !expiry) throw new ProblemError('expiry-invalid');
  const answer = await moveUnit(deps.engine, {
    ...body,
    expiry,
    din,
    unitId: params.unitId,
    by: actor.personId,
    via: 'hand',
    idempotency,
  });
  if (answer.kind !== 'done') throw stepProblem(answer);
  const after = await coveredChain(deps, actor, din);
  return chainView(deps, after.chain, after.site);
};
