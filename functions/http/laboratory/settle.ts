import type { laboratory } from '../../../shared/contract/laboratory.ts';
import { settleLabAlert } from '../../../shared/store/transactions/record-results.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredDonation } from './covered.ts';
import type { LaboratoryDeps } from './deps.ts';

type Routes = (typeof laboratory)['routes'];

export const settle: RouteHandler<Routes['POST /api/laboratory/{din}/settle'], LaboratoryDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { donation } = await coveredDonation(deps, actor, params.din);
  const answer = await settleLabAlert(deps, {
    din: donation.din,
    note: body.note,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  if (answer.kind !== 'done') {
    throw new ProblemError(answer.kind === 'key-reused' ? 'idempotency-key-reused' : answer.kind);
  }
  return { din: donation.din, open: answer.alert.open };
};
