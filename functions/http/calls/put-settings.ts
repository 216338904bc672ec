import type { calls } from '../../../shared/contract/calls.ts';
import { changeCallSettings } from '../../../shared/store/calls/change-settings.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredSite } from './covered.ts';
import type { CallsDeps } from './deps.ts';
import { settingsView } from './views.ts';

type Routes = (typeof calls)['routes'];

export const putSettings: RouteHandler<Routes['PUT /api/calls/settings/{siteId}'], CallsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const site = await coveredSite(deps, actor, params.siteId);
  const { version, centsPerSegment, ...rest } = body;
  const answer = await changeCallSettings(deps.engine, {
    siteId: site.siteId,
    version,
    settings: { ...rest, ...(centsPerSegment !== undefined && { centsPerSegment }) },
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  return settingsView(answer.site);
};
