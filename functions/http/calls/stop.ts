import type { calls } from '../../../shared/contract/calls.ts';
import { stopCall } from '../../../shared/store/calls/begin-call.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { answered } from './answered.ts';
import { coveredSite } from './covered.ts';
import type { CallsDeps } from './deps.ts';
import { callView } from './views.ts';

type Routes = (typeof calls)['routes'];

export const stop: RouteHandler<Routes['POST /api/calls/{callId}/stop'], CallsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  await coveredSite(deps, actor, body.siteId);
  const answer = await stopCall(deps.engine, {
    ...params,
    siteId: body.siteId,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  return callView(answered(answer));
};
