import { isHere } from '../../domain/booking-states.ts';
import { joinFacts } from '../../domain/join-facts.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import { createBookings } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import { createHealthAnswers } from '../health-answers.ts';
import type { LockItem, MergedItem, MergeItem, MergeUnderWayItem, RoleItem } from '../items/index.ts';
import { keys, partitions } from '../keys.ts';
import { lockWrite, unpackLock } from '../lock.ts';
import { createMerges, mergeWrite } from '../merge/merges.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createRoles, rolesAsRead } from '../roles.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { redecide } from './redecide.ts';

export type MergeAnswer =
  | { readonly kind: 'done'; readonly merge: MergeItem }
  | { readonly kind: 'not-found' | 'wrong-state' | 'changed-meanwhile' | 'key-reused' }
  /** Whoever proposes does not approve. */
  | { readonly kind: 'same-person' }
  /** A record with a role of its own is an admin's to change first: nobody gains or loses a role by a merge. */
  | { readonly kind: 'has-roles' }
  /** Somebody of the two is at the desk just now, or their record is being erased or merged. */
  | { readonly kind: 'not-now' };

type By = { readonly by: string; readonly auditId: string; readonly idempotency: Idempotency };

const absent = 'attribute_not_exists(pk)';

/** Proposes that the record `join` become part of `keep`. Nothing of either changes yet. */
export async function proposeMerge(
  deps: EngineDeps,
  input: By & { mergeId: string; siteId: string; zone: string; keep: string; join: string; reason: string },
): Promise<MergeAnswer> {
  const { by, auditId, idempotency, ...what } = input;
  return await withRetries<MergeAnswer>(async () => {
    const known = await createMerges(deps.store).get(input.siteId, input.mergeId);
    if (known) {
      return wasAccepted(known.accepted, idempotency) === 'same'
        ? { kind: 'done', merge: known }
        : { kind: 'key-reused' };
    }
    if (input.keep === input.join) return { kind: 'wrong-state' };
    const unfit = await unfitNow(deps, what);
    if (unfit) return unfit;
    const now = nowOf(deps);
    const merge: MergeItem = {
      kind: 'merge',
      ...what,
      status: 'proposed',
      proposedBy: by,
      proposedAt: now,
      accepted: accept([], idempotency),
      version: 1,
    };
    const result = await deps.store.transact([
      { Put: { Item: { ...keys.merge(merge.siteId, merge.mergeId), ...merge }, ConditionExpression: absent } },
      audited(merge, 'merge-proposed', { by, auditId, now, change: { reason: input.reason } }),
    ]);
    return result.ok ? { kind: 'done', merge } : AGAIN;
  }, deps);
}

/** Ends a proposal: whoever of the site sees that these are two people. */
export async function rejectMerge(
  deps: EngineDeps,
  input: By & { siteId: string; mergeId: string; version: number },
): Promise<MergeAnswer> {
  return await deciding(deps, input, async (before, now) => {
    const { after, write } = mergeWrite(before, {
      status: 'rejected',
      decidedBy: input.by,
      decidedAt: now,
      accepted: accept(before.accepted, input.idempotency),
    });
    return { after, writes: [write, audited(after, 'merge-rejected', { ...input, now })] };
  });
}

/**
 * Approves a merge: another of the staff than who proposed it. From this transaction on the record that joins can do nothing by
 * itself, its id leads to the other, and the rules know of one person all that they knew of two: the longest wait holds, and
 * what that person has booked is decided again. All else is the job's (merge/job.ts).
 */
export async function approveMerge(
  deps: EngineDeps,
  input: By & { siteId: string; mergeId: string; version: number },
): Promise<MergeAnswer> {
  return await deciding(deps, input, async (before, now) => {
    if (before.proposedBy === input.by) return { kind: 'same-person' };
    const roles = createRoles(deps.store);
    const { keep, join } = before;
    const books = await Promise.all([keep, join].map(async (id) => rolesAsRead(id, await roles.book(id))));
    const unfit = await unfitNow(deps, before);
    if (unfit) return unfit;
    const declared = createHealthAnswers(deps.store);
    const consent =
      (await declared.consent(keep, 'health-answers')) ?? (await declared.consent(join, 'health-answers'));
    const [keepItem, joinItem] = (await deps.store.batchGet([keys.lock(keep), keys.lock(join)], {
      consistent: true,
    })) as [LockItem | undefined, LockItem | undefined];
    if (keepItem?.status !== 'active' || joinItem?.status !== 'active') return { kind: 'not-now' };
    const lock = unpackLock(keepItem);
    const facts = joinFacts(lock.facts, unpackLock(joinItem).facts, { declared: consent?.given ?? false });
    const { keep: commitments, release } = await redecide(deps, lock, facts);
    const { after, write } = mergeWrite(before, {
      status: 'applying',
      decidedBy: input.by,
      decidedAt: now,
      accepted: accept(before.accepted, input.idempotency),
    });
    const pointer: MergedItem = { kind: 'merged', personId: join, into: keep, mergeId: before.mergeId, at: now };
    const underWay: MergeUnderWayItem = { kind: 'merge-under-way', personId: keep, mergeId: before.mergeId };
    return {
      after,
      writes: [
        write,
        lockWrite(lock, { facts, commitments }),
        lockWrite(unpackLock(joinItem), { status: 'inactive' }),
        { Put: { Item: { ...keys.mergedInto(join), ...pointer }, ConditionExpression: absent } },
        { Put: { Item: { ...keys.mergeUnderWay(keep), ...underWay }, ConditionExpression: absent } },
        // Nothing may be on its way into the record that goes, and neither may be on its way out.
        ...[keys.mergeUnderWay(join), keys.mergedInto(keep), keys.erasure(keep), keys.erasure(join)].map(
          (Key): DraftItem => ({ ConditionCheck: { Key, ConditionExpression: absent } }),
        ),
        ...books,
        audited(after, 'merge-approved', { ...input, now }),
        ...release,
      ],
    };
  });
}

async function deciding(
  deps: EngineDeps,
  input: By & { siteId: string; mergeId: string; version: number },
  decide: (before: MergeItem, now: string) => Promise<MergeAnswer | { after: MergeItem; writes: DraftItem[] }>,
): Promise<MergeAnswer> {
  return await withRetries<MergeAnswer>(async () => {
    const before = await createMerges(deps.store).get(input.siteId, input.mergeId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', merge: before } : { kind: 'key-reused' };
    if (before.status !== 'proposed') return { kind: 'wrong-state' };
    if (before.version !== input.version) return { kind: 'changed-meanwhile' };
    const decided = await decide(before, nowOf(deps));
    if ('kind' in decided) return decided;
    const result = await deps.store.transact(decided.writes);
    return result.ok ? { kind: 'done', merge: decided.after } : AGAIN;
  }, deps);
}

/** Why these two may not become one now, or undefined. */
async function unfitNow(
  deps: EngineDeps,
  { keep, join }: Pick<MergeItem, 'keep' | 'join'>,
): Promise<MergeAnswer | undefined> {
  const [keepItem, joinItem, ...pending] = (await deps.store.batchGet(
    [
      keys.lock(keep),
      keys.lock(join),
      keys.erasure(keep),
      keys.erasure(join),
      keys.mergeUnderWay(keep),
      keys.mergeUnderWay(join),
      keys.mergedInto(keep),
      keys.mergedInto(join),
    ],
    { consistent: true },
  )) as [LockItem | undefined, LockItem | undefined, ...unknown[]];
  if (!keepItem || !joinItem) return { kind: 'not-found' };
  if (pending.some((item) => item !== undefined)) return { kind: 'not-now' };
  if (keepItem.status !== 'active' || joinItem.status !== 'active') return { kind: 'not-now' };
  const roles = await Promise.all(
    [keep, join].map((id) => deps.store.query<RoleItem>({ ...partitions.held(id), consistent: true, limit: 1 })),
  );
  if (roles.some(({ items }) => items.length > 0)) return { kind: 'has-roles' };
  const bookings = await createBookings(deps.store).ofPerson(join, { limit: Number.MAX_SAFE_INTEGER });
  return bookings.items.some(({ status }) => isHere(status)) ? { kind: 'not-now' } : undefined;
}

const audited = (
  { siteId, zone, keep, join, mergeId }: MergeItem,
  action: string,
  { by, auditId, now, change }: { by: string; auditId: string; now: string; change?: Record<string, string> },
): DraftItem => ({
  Put: auditItem({
    by,
    action,
    scope: siteId,
    zone,
    at: now,
    subjects: [keep, join],
    change: { mergeId, ...change },
    id: auditId,
  }),
});
