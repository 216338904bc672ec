import type * as z from 'zod';
import type { WaitView } from '../../../shared/contract/waiting.ts';
import { decide } from '../../../shared/domain/decide.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import { refusalSentence } from '../../../shared/domain/refusal-sentences.ts';
import type { Language } from '../../../shared/domain/vocabulary.ts';
import { aheadOf, covers, isInLine } from '../../../shared/domain/waitlist.ts';
import type { ProfileItem, SiteItem, WaitItem } from '../../../shared/store/items/index.ts';
import type { Lock } from '../../../shared/store/lock.ts';
import { slotFacts } from '../../../shared/store/slots.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { inLine } from '../../runtime/in-line.ts';
import type { WaitingDeps } from './deps.ts';

/** A wait as its owner sees it: where they stand in the line, and why places would pass them over as things are. */
export async function waitView(
  deps: WaitingDeps,
  wait: WaitItem,
  lock: Lock | undefined,
  language: Language,
): Promise<z.input<typeof WaitView>> {
  const live = isInLine(wait.status) && wait.endsAt > nowOf(deps);
  const [standing, phone] = live ? await Promise.all([standingOf(deps, wait, lock), phoneOf(deps, wait)]) : [];
  return {
    ...wait,
    kind: wait.slotKind,
    ...(standing && { ahead: standing.ahead }),
    reasons: (standing?.reasons ?? []).map(({ params, ...reason }) => ({
      ...reason,
      sentence: refusalSentence({ ...reason, ...(params && { params }) }, language),
    })),
    ...(phone && { phone }),
  };
}

async function standingOf(
  deps: WaitingDeps,
  wait: WaitItem,
  lock: Lock | undefined,
): Promise<{ ahead?: number; reasons: readonly Refusal[] }> {
  if (wait.status === 'offered') return { reasons: [] };
  const now = nowOf(deps);
  const [{ waits }, day] = await Promise.all([deps.waits.ofDay(wait), deps.waits.slotsOfDay(wait)]);
  const decisions = lock
    ? day
        .filter(({ slot }) => slot.startsAt > now && covers(wait, slot))
        .map(({ slot }) => decide(lock, slotFacts(slot), deps.engine.packOf(slot), now))
    : [];
  const refused = decisions.find(({ ok }) => !ok);
  const reasons = decisions.some(({ ok }) => ok) || !refused || refused.ok ? [] : refused.reasons;
  return { ahead: aheadOf(waits, wait), reasons };
}

/** Where a caller reaches those who can act on a code: at a site only. */
const phoneOf = async (deps: WaitingDeps, { slotKind, containerId }: WaitItem): Promise<string | undefined> =>
  slotKind === 'donation' ? (await deps.sites.get(containerId))?.phone : undefined;

export const callersOffer = (wait: WaitItem, person: ProfileItem | undefined) => ({
  ...inLine(wait, person),
  place: wait.place,
  bookingId: wait.bookingId,
});

/** What is recorded of somebody who looks at, or acts for, the people of a list. */
export const auditOf = (site: SiteItem, by: string, action: string, at: string, subjects: string[], id: string) => ({
  by,
  action,
  scope: site.siteId,
  zone: site.zone,
  at,
  subjects,
  id,
});
