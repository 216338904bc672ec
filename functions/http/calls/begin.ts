import type { calls } from '../../../shared/contract/calls.ts';
import { beginCall } from '../../../shared/store/calls/begin-call.ts';
import { callSettingsOf } from '../../../shared/store/calls/calls.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { answered } from './answered.ts';
import { calledOf, coveredSite } from './covered.ts';
import type { CallsDeps } from './deps.ts';
import { callView } from './views.ts';

type Routes = (typeof calls)['routes'];

export const begin: RouteHandler<Routes['POST /api/calls'], CallsDeps> = async ({ actor, body, idempotency }, deps) => {
  const site = await coveredSite(deps, actor, body.siteId);
  const { version: _, ...settings } = callSettingsOf(site);
  const answer = await beginCall(deps.engine, {
    siteId: site.siteId,
    zone: site.zone,
    called: calledOf(body, site, nowOf(deps)),
    settings,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  return callView(answered(answer));
};
