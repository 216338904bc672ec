import { addSpan } from './dates.ts';
import { earliestDonation } from './eligibility.ts';
import type { PolicyPack } from './policy-pack.ts';
import { wallClock } from './quiet-hours.ts';
import type { EligibilityFacts } from './refusal.ts';
import { type AgainWish, type Instant, type LocalDate, PROCEDURES, type Procedure } from './vocabulary.ts';

/** The day from which somebody may give again, and what: more than one procedure where several open on that day. */
export type GiveAgain = { readonly date: LocalDate; readonly procedures: readonly Procedure[] };

/**
 * When somebody who gave, or was deferred, may give again what they wish to be told of: the first date on which the pack
 * allows it, counted from what keeps them from it now and not from today, so that it is the same date whenever it is asked
 * for. Undefined where nothing kept them, where waiting never helps, and where they do not wish to know.
 */
export function giveAgain(
  pack: PolicyPack,
  facts: EligibilityFacts,
  wish: AgainWish,
  offered: readonly Procedure[],
): GiveAgain | undefined {
  if (wish === 'no') return undefined;
  const since = keptSince(facts);
  if (since === undefined) return undefined;
  const dates = PROCEDURES.filter((procedure) => (wish === 'any' ? offered.includes(procedure) : procedure === wish))
    .map((procedure) => ({ procedure, date: earliestDonation(pack, facts, procedure, since) }))
    .filter((it): it is { procedure: Procedure; date: LocalDate } => it.date !== undefined);
  const [date] = dates.map((it) => it.date).toSorted();
  if (date === undefined || date <= since) return undefined;
  return { date, procedures: dates.filter((it) => it.date === date).map(({ procedure }) => procedure) };
}

/** The last donation; for somebody deferred who has not given of late, as far back as there is anything to ask. */
function keptSince({ donations, birthDate, deferredUntil, deferredUntilFor }: EligibilityFacts): LocalDate | undefined {
  const last = donations
    .map(({ date }) => date)
    .toSorted()
    .at(-1);
  if (last !== undefined) return last;
  return deferredUntil !== undefined || deferredUntilFor !== undefined ? birthDate : undefined;
}

const TOLD_AT = '10:00';

/** When it is told: that morning at the place, and on no other day. */
export const giveAgainTimes = (
  date: LocalDate,
  zone: string,
): { readonly dueAt: Instant; readonly until: Instant } => ({
  dueAt: wallClock(date, TOLD_AT, zone, 'first'),
  until: wallClock(addSpan(date, { value: 1, unit: 'day' }), '00:00', zone, 'first'),
});
