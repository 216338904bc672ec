import type { planning } from '../../../shared/contract/planning.ts';
import { moveDrive } from '../../../shared/store/drives.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { driveAudit } from '../../runtime/drive-audit.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { PlanningDeps } from './deps.ts';
import { drivesView } from './drives-view.ts';
import { coveredSite } from './plan-view.ts';

type Routes = (typeof planning)['routes'];

export const answerDrive: RouteHandler<Routes['POST /api/planning/{siteId}/drives/{eventId}'], PlanningDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const site = await coveredSite(deps, actor, params.siteId);
  const { step, version } = body;
  const audit = driveAudit({ by: actor.personId, step, at: nowOf(deps), id: deps.newId() });
  const answer = await moveDrive(deps, { eventId: params.eventId, step, site, version, idempotency, audit });
  switch (answer.kind) {
    case 'done':
      return await drivesView(deps, site);
    case 'changed':
      throw new ProblemError('changed-meanwhile');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    case 'taken':
      throw new ProblemError('drive-taken');
    case 'under-way':
    case 'wrong-state':
      throw new ProblemError('wrong-state');
  }
};
