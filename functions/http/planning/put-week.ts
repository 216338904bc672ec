import type { planning } from '../../../shared/contract/planning.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { weekFaults } from '../../../shared/domain/plan-week.ts';
import type { SiteSchedule } from '../../../shared/domain/site-schedule.ts';
import { makeSlotsOf } from '../../../shared/store/schedules.ts';
import { changeWeek } from '../../../shared/store/transactions/change-week.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { PlanningDeps } from './deps.ts';
import { coveredSite, planView } from './plan-view.ts';

type Routes = (typeof planning)['routes'];

export const putWeek: RouteHandler<Routes['PUT /api/planning/{siteId}/weeks/{effectiveFrom}'], PlanningDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const site = await coveredSite(deps, actor, params.siteId);
  const { isNew, version, effectiveTo, ...rest } = body;
  const week: SiteSchedule = {
    effectiveFrom: params.effectiveFrom,
    ...(effectiveTo && { effectiveTo }),
    ...rest,
  };
  const now = nowOf(deps);
  const today = localDateOf(now, site.zone);
  const faults = weekFaults(week, { procedures: site.procedures, today, isNew });
  if (faults.length > 0) throw new ProblemError('invalid-input', { fields: faults });
  const answer = await changeWeek(deps, {
    site,
    week,
    isNew,
    version,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  if (answer.kind === 'changed') throw new ProblemError('changed-meanwhile');
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  // A repeat finds made what the first has made; what neither ends, the night does.
  await makeSlotsOf(deps, site, now);
  return await planView(deps, site);
};
