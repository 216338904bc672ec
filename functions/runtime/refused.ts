import { addSpan } from '../../shared/domain/dates.ts';
import { decide } from '../../shared/domain/decide.ts';
import { earliestDonation } from '../../shared/domain/eligibility.ts';
import { localDateOf } from '../../shared/domain/local-time.ts';
import type { Refusal } from '../../shared/domain/refusal.ts';
import type { LocalDate } from '../../shared/domain/vocabulary.ts';
import type { SlotItem } from '../../shared/store/items/index.ts';
import type { Lock } from '../../shared/store/lock.ts';
import { type SlotWithFree, slotFacts } from '../../shared/store/slots.ts';
import { type EngineDeps, nowOf } from '../../shared/store/transactions/deps.ts';
import { ProblemError } from './problem.ts';

/** `day`: a day's slots as of a moment ago, enough to suggest one. */
export type RefusedDeps = {
  readonly engine: EngineDeps;
  readonly day: (containerId: string, date: LocalDate) => Promise<readonly SlotWithFree[]>;
};

/** How many days after the earliest possible one are searched for a slot that would do. */
const SEARCH_DAYS = 7;

/** The refusal as a problem, with a slot that would do where the same place has one soon after the reasons lift. */
export async function refused(
  deps: RefusedDeps,
  { reasons, slot, lock }: { reasons: readonly Refusal[]; slot?: SlotItem; lock?: Lock },
  ignoring?: string,
): Promise<ProblemError> {
  const next = slot && lock && (await nextSlot(deps, slot, lock, ignoring));
  return new ProblemError('refused', {
    reasons,
    ...(next && { next: { slotId: next.slotId, siteId: next.containerId, startsAt: next.startsAt } }),
  });
}

async function nextSlot(
  deps: RefusedDeps,
  wanted: SlotItem,
  lock: Lock,
  ignoring?: string,
): Promise<SlotItem | undefined> {
  const now = nowOf(deps.engine);
  const today = localDateOf(now, wanted.zone);
  const person = { ...lock, commitments: lock.commitments.filter(({ bookingId }) => bookingId !== ignoring) };
  const pack = deps.engine.packOf(wanted);
  const begin = wanted.date > today ? wanted.date : today;
  const from = pack && wanted.procedure ? earliestDonation(pack, lock.facts, wanted.procedure, begin) : begin;
  // Beyond four weeks no slots are made yet; a live donation booking stands in the way of every other.
  if (!from || from > addSpan(today, { value: 28, unit: 'day' })) return undefined;
  if (wanted.slotKind === 'donation' && person.commitments.some((it) => it.kind === 'donation' && it.endsAt > now)) {
    return undefined;
  }
  for (let n = 0; n < SEARCH_DAYS; n += 1) {
    const day = await deps.day(wanted.containerId, addSpan(from, { value: n, unit: 'day' }));
    const found = day.find(
      ({ slot, free }) =>
        free > 0 &&
        slot.status === 'open' &&
        slot.slotId !== wanted.slotId &&
        slot.procedure === wanted.procedure &&
        decide(person, slotFacts(slot), deps.engine.packOf(slot), now).ok,
    );
    if (found) return found.slot;
  }
  return undefined;
}
