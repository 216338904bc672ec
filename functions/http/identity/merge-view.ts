import type * as z from 'zod';
import type { Merge } from '../../../shared/contract/identity.ts';
import { maskName } from '../../../shared/domain/mask-name.ts';
import type { MergeItem } from '../../../shared/store/items/index.ts';
import { presentId } from '../../../shared/store/merge/merges.ts';
import type { MergeAnswer } from '../../../shared/store/transactions/merge-people.ts';
import type { Actor } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { IdentityDeps } from './deps.ts';

type View = z.input<typeof Merge>;

/** Merges with the names of who decided, and those of the records masked; once joined both lead to one. */
export async function mergeViews(deps: IdentityDeps, actor: Actor, merges: readonly MergeItem[]): Promise<View[]> {
  const present = new Map<string, string>();
  for (const id of new Set(merges.flatMap(({ keep, join }) => [keep, join]))) {
    present.set(id, await presentId(deps.store, id));
  }
  const staff = merges.flatMap(({ proposedBy, decidedBy }) => (decidedBy ? [proposedBy, decidedBy] : [proposedBy]));
  const wanted = [...new Set([...present.values(), ...staff])];
  const profiles = await deps.people.profiles(wanted);
  const nameOf = (id: string | undefined) => profiles[wanted.indexOf(id ?? '')]?.name ?? '';
  return merges.map((merge) => ({
    mergeId: merge.mergeId,
    siteId: merge.siteId,
    zone: merge.zone,
    status: merge.status,
    reason: merge.reason,
    proposedBy: nameOf(merge.proposedBy),
    proposedAt: merge.proposedAt,
    isMine: merge.proposedBy === actor.personId,
    ...(merge.decidedBy && { decidedBy: nameOf(merge.decidedBy) }),
    decidedAt: merge.decidedAt,
    doneAt: merge.doneAt,
    keep: maskName(nameOf(present.get(merge.keep))),
    join: maskName(nameOf(present.get(merge.join))),
    version: merge.version,
  }));
}

export async function answered(deps: IdentityDeps, actor: Actor, answer: MergeAnswer): Promise<View> {
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  const [view] = await mergeViews(deps, actor, [answer.merge]);
  if (!view) throw new ProblemError('not-found');
  return view;
}
