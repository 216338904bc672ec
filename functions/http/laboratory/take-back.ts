import type { laboratory } from '../../../shared/contract/laboratory.ts';
import { takeBackGroup } from '../../../shared/store/transactions/record-results.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredDonation } from './covered.ts';
import type { LaboratoryDeps } from './deps.ts';
import { resultsProblem } from './results-problem.ts';
import { resultsView } from './views.ts';

type Routes = (typeof laboratory)['routes'];

export const takeBack: RouteHandler<Routes['POST /api/laboratory/{din}/take-back'], LaboratoryDeps> = async (
  { actor, params, body: { reason, ...group }, idempotency },
  deps,
) => {
  const { donation, site } = await coveredDonation(deps, actor, params.din);
  const answer = await takeBackGroup(deps.engine, {
    din: donation.din,
    group,
    reason,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  if (answer.kind !== 'done') throw resultsProblem(answer);
  return await resultsView(deps, site, donation);
};
