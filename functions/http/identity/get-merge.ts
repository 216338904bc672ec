import type { identity } from '../../../shared/contract/identity.ts';
import { decide } from '../../../shared/domain/decide.ts';
import { joinFacts } from '../../../shared/domain/join-facts.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import type { MergeItem, SlotItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { keptCommitments, liveCommitments } from '../../../shared/store/lock.ts';
import { ownFacts } from '../../../shared/store/slots.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { requireSite } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { IdentityDeps } from './deps.ts';
import { mergeViews } from './merge-view.ts';
import { recordCard } from './record-card.ts';

type Routes = (typeof identity)['routes'];

export const getMerge: RouteHandler<Routes['GET /api/identity/merges/{mergeId}'], IdentityDeps> = async (
  { actor, params, query },
  deps,
) => {
  requireSite(actor, query.siteId);
  const merge = await deps.merges.get(query.siteId, params.mergeId);
  const [view] = merge ? await mergeViews(deps, actor, [merge]) : [];
  if (!merge || !view) throw new ProblemError('not-found');
  const records = merge.status === 'proposed' ? await recordsOf(deps, merge) : undefined;
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'merge-read',
      scope: query.siteId,
      zone: merge.zone,
      at: nowOf(deps),
      subjects: [merge.keep, merge.join],
      change: { mergeId: merge.mergeId },
      id: deps.newId(),
    }),
  );
  return { ...view, ...(records && { records }) };
};

async function recordsOf(deps: IdentityDeps, merge: MergeItem) {
  const stays = await staying(deps, merge);
  return { keep: await recordCard(deps, merge.keep, stays), join: await recordCard(deps, merge.join, stays) };
}

/** The bookings of both that hold for one person: those of the record that stays first, then what fits beside them. */
async function staying(deps: IdentityDeps, { keep, join }: MergeItem): Promise<Set<string>> {
  const now = nowOf(deps);
  const [kept, other] = [await deps.people.lock(keep), await deps.people.lock(join)];
  if (!kept || !other) return new Set();
  const consent =
    (await deps.declared.consent(keep, 'health-answers')) ?? (await deps.declared.consent(join, 'health-answers'));
  const facts = joinFacts(kept.facts, other.facts, { declared: consent?.given ?? false });
  const holds = new Set<string>();
  // What is over is remembered of both, for the rest after it.
  const held = [kept, other].flatMap((lock) => keptCommitments(lock, now).filter(({ endsAt }) => endsAt <= now));
  for (const lock of [kept, other]) {
    for (const commitment of liveCommitments(lock, now)) {
      const slot = await deps.store.get<SlotItem>(keys.slot(commitment.slotId), { consistent: true });
      if (!slot) continue;
      // What the record that stays holds already is judged by what is known of the person alone.
      const commitments = lock === kept ? [] : held;
      const person = { status: 'active' as const, facts, commitments };
      const begun = slot.startsAt <= now;
      if (!begun && !decide(person, ownFacts(slot), deps.engine.packOf(slot), now).ok) continue;
      holds.add(commitment.bookingId);
      held.push(commitment);
    }
  }
  return holds;
}
