import type { closures } from '../../../shared/contract/closures.ts';
import { beginClosure } from '../../../shared/store/transactions/begin-closure.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { answered } from './answered.ts';
import { closingOf } from './closing.ts';
import { coveredSite } from './covered.ts';
import type { ClosuresDeps } from './deps.ts';
import { closureView } from './views.ts';

type Routes = (typeof closures)['routes'];

export const close: RouteHandler<Routes['POST /api/closures'], ClosuresDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const site = await coveredSite(deps, actor, body.siteId);
  const answer = await beginClosure(deps.engine, {
    siteId: site.siteId,
    zone: site.zone,
    closing: closingOf(body, site, nowOf(deps)),
    reason: body.reason,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  return await closureView(deps, answered(answer));
};
