import type * as z from 'zod';
import type { AccountChange } from '../../../shared/contract/roles.ts';
import { accountChangeState, approveFault } from '../../../shared/domain/roles.ts';
import type { AccountChangeItem } from '../../../shared/store/items/index.ts';
import type { ChangeAnswer } from '../../../shared/store/transactions/change-account.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { Actor } from '../../runtime/actor.ts';
import { colleagues } from '../../runtime/colleagues.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { RolesDeps } from './deps.ts';

type View = z.input<typeof AccountChange>;

/** Requests with the names of those concerned; never the number or the fact that is to be written. */
export async function changeViews(
  deps: RolesDeps,
  actor: Actor,
  changes: readonly AccountChangeItem[],
): Promise<View[]> {
  const now = nowOf(deps);
  const nameOf = await colleagues(
    deps.people,
    changes.flatMap(({ personId, askedBy, decidedBy }) => [personId, askedBy, decidedBy]),
  );
  return changes.map((change) => ({
    changeId: change.changeId,
    what: change.what,
    personId: change.personId,
    name: nameOf(change.personId) ?? '',
    phoneLast4: change.phoneLast4,
    was: change.was,
    knownBy: change.knownBy,
    reason: change.reason,
    askedBy: nameOf(change.askedBy) ?? '',
    askedAt: change.askedAt,
    until: change.until,
    status: accountChangeState(change, now),
    decidedBy: change.decidedBy && (nameOf(change.decidedBy) ?? ''),
    decidedAt: change.decidedAt,
    mayApprove: approveFault(change, actor.personId, now) === undefined,
    version: change.version,
  }));
}

export async function changed(deps: RolesDeps, actor: Actor, answer: ChangeAnswer): Promise<View> {
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind === 'same-number') {
    throw new ProblemError('invalid-input', { fields: [{ path: 'phone', why: 'not-allowed' }] });
  }
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  const [view] = await changeViews(deps, actor, [answer.change]);
  if (!view) throw new ProblemError('not-found');
  return view;
}
