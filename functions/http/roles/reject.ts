import type { roles } from '../../../shared/contract/roles.ts';
import { accountAction, rejectAccountChange } from '../../../shared/store/transactions/change-account.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { changed } from './change-view.ts';
import type { RolesDeps } from './deps.ts';
import { recordOf } from './record.ts';

type Routes = (typeof roles)['routes'];

export const rejectChange: RouteHandler<Routes['POST /api/roles/changes/{changeId}/reject'], RolesDeps> = async (
  { actor, params: { changeId }, body: { version }, idempotency },
  deps,
) => {
  const asked = await deps.roles.change(changeId);
  if (!asked) throw new ProblemError('not-found');
  const answer = await rejectAccountChange(deps.engine, {
    changeId,
    version,
    by: actor.personId,
    audit: recordOf(deps, actor.personId, accountAction(asked.what, 'rejected'), [asked.personId], {
      change: { changeId },
    }),
    idempotency,
  });
  return await changed(deps, actor, answer);
};
