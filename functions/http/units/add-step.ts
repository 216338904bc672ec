import type { units } from '../../../shared/contract/units.ts';
import { moveUnit } from '../../../shared/store/transactions/move-unit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredChain } from './covered-chain.ts';
import type { UnitsDeps } from './deps.ts';
import { chainView } from './views.ts';

type Routes = (typeof units)['routes'];

export const addStep: RouteHandler<Routes['POST /api/units/{din}/{unitId}/steps'], UnitsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { chain } = await coveredChain(deps, actor, params.din);
  const { din } = chain.din;
  const answer = await moveUnit(deps, { ...body, din, unitId: params.unitId, by: actor.personId, idempotency });
  switch (answer.kind) {
    case 'done': {
      const after = await coveredChain(deps, actor, din);
      return chainView(after.chain, after.site);
    }
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    case 'missing':
      throw new ProblemError('invalid-input', { fields: [{ path: answer.field, why: 'missing' }] });
    case 'cannot-be-made':
      throw new ProblemError('invalid-input', { fields: [{ path: 'components', why: 'not-allowed' }] });
    case 'not-with-this-action':
      throw new ProblemError('invalid-input', { fields: [{ path: answer.field, why: 'not-allowed' }] });
    case 'other-hospital':
      // The unit stands issued, only not to them: the field says what does not fit.
      throw new ProblemError('wrong-state', { fields: [{ path: 'hospital', why: 'not-allowed' }] });
    default:
      throw new ProblemError(answer.kind);
  }
};
