import type { closures } from '../../../shared/contract/closures.ts';
import { reopenClosure } from '../../../shared/store/transactions/begin-closure.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { answered } from './answered.ts';
import { coveredClosure } from './covered.ts';
import type { ClosuresDeps } from './deps.ts';
import { closureView } from './views.ts';

type Routes = (typeof closures)['routes'];

export const reopen: RouteHandler<Routes['POST /api/closures/{closureId}/reopen'], ClosuresDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { siteId, version } = body;
  await coveredClosure(deps, actor, { siteId, ...params });
  const answer = await reopenClosure(deps.engine, {
    siteId,
    closureId: params.closureId,
    version,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  return await closureView(deps, answered(answer));
};
