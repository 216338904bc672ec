import type { doubts } from '../../../shared/contract/doubts.ts';
import { settleDoubt } from '../../../shared/store/transactions/settle-doubt.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { DoubtsDeps } from './deps.ts';
import { coveredSite, doubtViews } from './views.ts';

type Routes = (typeof doubts)['routes'];

export const settle: RouteHandler<Routes['POST /api/doubts/{din}/{doubtId}/settle'], DoubtsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const donation = await deps.donations.byDin(params.din);
  if (!donation) throw new ProblemError('not-found');
  const site = await coveredSite(deps, actor, donation.siteId);
  const answer = await settleDoubt(deps, {
    donation,
    doubtId: params.doubtId,
    ...body,
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  if (answer.kind !== 'done') {
    throw new ProblemError(answer.kind === 'key-reused' ? 'idempotency-key-reused' : answer.kind);
  }
  const [view] = await doubtViews(deps, site, [{ doubt: answer.doubt, donation }]);
  if (!view) throw new ProblemError('not-found');
  return view;
};
