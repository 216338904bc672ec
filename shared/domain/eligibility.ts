import { addSpan, birthday, earlierFirst } from './dates.ts';
import type { AgeRule, CapRule, DeferralRule, IntervalRule, PolicyPack, Sourced, Span } from './policy-pack.ts';
import type { Decision, EligibilityFacts, PastDonation, Refusal } from './refusal.ts';
import { shownWeight } from './units.ts';
import type { LocalDate, Procedure } from './vocabulary.ts';

export type DonationAsk = { readonly procedure: Procedure; readonly date: LocalDate };

/** Whether the pack lets this person give on a date, with every reason against it; each `from` is that reason's alone. */
export function decideDonation(pack: PolicyPack, facts: EligibilityFacts, ask: DonationAsk): Decision {
  const reasons = [
    ...profileReasons(pack, facts),
    ...pack.age.flatMap((rule) => ageReasons(rule, facts, ask)),
    ...weightReasons(pack, facts, ask),
    ...deferralReasons(pack, facts, ask),
    ...declaredReasons(pack, facts, ask),
    ...pack.intervals.flatMap((rule) => intervalReasons(rule, facts, ask)),
    ...pack.caps.flatMap((rule) => capReasons(pack, rule, facts, ask)),
  ];
  return reasons.length === 0 ? { ok: true } : { ok: false, reasons };
}

/**
 * The first date on or after `from` on which the pack lets this person give; undefined when waiting never helps.
 *
 * No reason that lifts comes back by waiting, save the upper age, so nothing can hold before the latest `from` of the
 * reasons; there it is asked again, because the person may by then be too old.
 */
export function earliestDonation(
  pack: PolicyPack,
  facts: EligibilityFacts,
  procedure: Procedure,
  from: LocalDate,
): LocalDate | undefined {
  let date = from;
  for (;;) {
    const decision = decideDonation(pack, facts, { procedure, date });
    if (decision.ok) return date;
    const next = decision.reasons
      .map(({ from: lifts }) => lifts ?? date)
      .toSorted(earlierFirst)
      .at(-1);
    if (next === undefined || next === date) return undefined;
    date = next;
  }
}

/** Kept whatever the pack says: the next edition, or the pack of another site, may count what this one does not. */
const KEPT: Span = { value: 1, unit: 'year' };

/** The donations that can still matter to an interval or a cap on `date` or later, oldest first. */
export function pruneDonations(
  pack: PolicyPack,
  donations: readonly PastDonation[],
  date: LocalDate,
): readonly PastDonation[] {
  const matters = (donation: PastDonation): boolean =>
    date < addSpan(donation.date, KEPT) ||
    pack.intervals.some((rule) => rule.from === donation.procedure && date < addSpan(donation.date, rule.min)) ||
    pack.caps.some((rule) => rule.group.includes(donation.procedure) && date < leavesWindow(rule, donation));
  return donations.filter(matters).toSorted((a, b) => earlierFirst(a.date, b.date));
}

/** Facts after staff recorded a deferral. `since` is the day its cause ended. A shorter one never cuts a longer short. */
export function applyDeferral(
  facts: EligibilityFacts,
  deferral: { readonly permanent: true } | { readonly until: LocalDate; readonly procedure?: Procedure },
): EligibilityFacts {
  if ('permanent' in deferral) return { ...facts, deferredPermanently: true };
  const later = (held: LocalDate | undefined) => (held && held > deferral.until ? held : deferral.until);
  if (!deferral.procedure) return { ...facts, deferredUntil: later(facts.deferredUntil) };
  return {
    ...facts,
    deferredUntilFor: {
      ...facts.deferredUntilFor,
      [deferral.procedure]: later(facts.deferredUntilFor?.[deferral.procedure]),
    },
  };
}

/** First date on which a deferral for this reason no longer holds; undefined for a cause that has yet to end. */
export const deferralUntil = (rule: DeferralRule, since: LocalDate): LocalDate | undefined =>
  rule.after && addSpan(since, rule.after);

/** Facts after a donation was recorded; what has become too old to matter on `on` is dropped. */
export function applyDonation(
  pack: PolicyPack,
  facts: EligibilityFacts,
  donation: PastDonation,
  reaction: boolean,
  on: LocalDate = donation.date,
): EligibilityFacts {
  return {
    ...facts,
    donations: pruneDonations(pack, [...facts.donations, donation], on),
    repeatDonor: true,
    reactionRecorded: facts.reactionRecorded || reaction,
  };
}

/**
 * Facts after what was recorded of a donation proved wrong: `now` is what it was, absent where nothing was given. `isFirst` says
 * that no other donation makes its donor a repeat one.
 */
export function correctDonation(
  pack: PolicyPack,
  facts: EligibilityFacts,
  {
    was,
    now,
    isFirst,
  }: { readonly was: PastDonation; readonly now?: PastDonation | undefined; readonly isFirst: boolean },
): EligibilityFacts {
  const at = facts.donations.findIndex(
    (each) =>
      each.date === was.date &&
      each.procedure === was.procedure &&
      each.volumeMl === was.volumeMl &&
      each.platelets === was.platelets,
  );
  // One that no rule counts any more has been dropped: what it really was does not count either.
  const others = facts.donations.filter((_, n) => n !== at);
  const donations = at < 0 || !now ? others : pruneDonations(pack, [...others, now], now.date);
  return { ...facts, donations, ...(!now && isFirst && { repeatDonor: false }) };
}

/** Whether the rules know a donation of this procedure, volume and number of platelet units. */
export const volumeAllowed = (pack: PolicyPack, drawn: Omit<PastDonation, 'date'>): boolean =>
  pack.volumes
    .filter(({ procedure }) => procedure === drawn.procedure)
    .flatMap(({ allowed }) => allowed)
    .some(
      ({ minMl, maxMl, platelets }) =>
        drawn.volumeMl >= minMl && drawn.volumeMl <= maxMl && drawn.platelets === platelets,
    );

const cite = ({ rule, source, mark }: Sourced) => ({ rule, source, mark });
const applies = (rule: { readonly procedure?: Procedure }, procedure: Procedure): boolean =>
  rule.procedure === undefined || rule.procedure === procedure;
const appliesToSex = (rule: { readonly sex?: string }, facts: EligibilityFacts): boolean =>
  rule.sex === undefined || rule.sex === facts.sex;

function profileReasons(pack: PolicyPack, { birthDate, sex, weightKg }: EligibilityFacts): Refusal[] {
  if (birthDate !== undefined && sex !== undefined && weightKg !== undefined) return [];
  return [{ code: 'profile-incomplete', rule: 'profile', source: pack.source }];
}

function ageReasons(rule: AgeRule, facts: EligibilityFacts, { procedure, date }: DonationAsk): Refusal[] {
  const { birthDate } = facts;
  if (birthDate === undefined || !applies(rule, procedure)) return [];
  const opens = birthday(birthDate, rule.minYears);
  if (date < opens) return [{ code: 'too-young', ...cite(rule), from: opens, params: { years: rule.minYears } }];
  if (rule.maxYears === undefined || (rule.maxFor === 'first-time' && facts.repeatDonor)) return [];
  if (!isPast(rule, birthDate, rule.maxYears, date)) return [];
  const { extended } = rule;
  if (!extended) return [{ code: 'too-old', ...cite(rule), params: { years: rule.maxYears } }];
  if (isPast(rule, birthDate, extended.maxYears, date)) {
    return [{ code: 'too-old', ...cite(extended), params: { years: extended.maxYears } }];
  }
  const met = {
    'repeat-donor': facts.repeatDonor,
    'no-reaction': !facts.reactionRecorded,
    'own-wish': facts.wantsExtendedAge,
  };
  if (extended.needs.every((need) => met[need])) return [];
  return [{ code: 'extended-age-not-open', ...cite(extended), params: { years: rule.maxYears } }];
}

const isPast = ({ maxReading }: AgeRule, birthDate: LocalDate, years: number, date: LocalDate): boolean =>
  maxReading === 'to-birthday' ? date > birthday(birthDate, years) : date >= birthday(birthDate, years + 1);

function weightReasons(pack: PolicyPack, facts: EligibilityFacts, { procedure }: DonationAsk): Refusal[] {
  const { weightKg } = facts;
  if (weightKg === undefined) return [];
  return pack.weight
    .filter((rule) => appliesToSex(rule, facts) && applies(rule, procedure) && weightKg < rule.minKg)
    .map((rule) => ({
      code: 'too-light',
      ...cite(rule),
      params: { kg: rule.minKg, ...(pack.units.weight === 'lb' && { lb: shownWeight(rule.minKg, 'lb') }) },
    }));
}

/** Says nothing of why: the person is told by the station, and the reason stays in the private table. */
function deferralReasons(pack: PolicyPack, facts: EligibilityFacts, { procedure, date }: DonationAsk): Refusal[] {
  if (facts.deferredPermanently) return [{ code: 'deferred-permanently', rule: 'deferral', source: pack.source }];
  return [facts.deferredUntil, facts.deferredUntilFor?.[procedure]]
    .filter((until) => until !== undefined && date < until)
    .map((until) => ({ code: 'deferred', rule: 'deferral', source: pack.source, from: until as LocalDate }));
}

/** What the person's own answers for this pack come to. An open wait has no date: it ends when they say so. */
function declaredReasons(pack: PolicyPack, facts: EligibilityFacts, { procedure, date }: DonationAsk): Refusal[] {
  const waits = facts.declared?.[pack.id];
  return [waits?.until, waits?.untilFor?.[procedure]]
    .filter((wait) => wait !== undefined)
    .filter((wait) => wait === 'open' || date < wait)
    .map((wait) => ({
      code: 'own-answers',
      rule: 'own-answers',
      source: pack.source,
      ...(wait !== 'open' && { from: wait }),
    }));
}

/** Every donation the rules count, wherever it was made. */
export const allDonations = ({ donations, elsewhere }: EligibilityFacts): readonly PastDonation[] =>
  elsewhere ? [...donations, ...elsewhere] : donations;

/** One reason a rule, from the donation that holds it longest. */
function intervalReasons(rule: IntervalRule, facts: EligibilityFacts, { procedure, date }: DonationAsk): Refusal[] {
  if (rule.to !== procedure || !appliesToSex(rule, facts)) return [];
  let binding: { last: LocalDate; from: LocalDate } | undefined;
  for (const donation of allDonations(facts)) {
    if (donation.procedure !== rule.from) continue;
    if (rule.fromVolumeMl !== undefined && rule.fromVolumeMl !== donation.volumeMl) continue;
    const from = addSpan(donation.date, rule.min);
    if (date < from && (!binding || donation.date > binding.last)) binding = { last: donation.date, from };
  }
  if (!binding) return [];
  const { last, from } = binding;
  return [{ code: 'interval', ...cite(rule), from, params: { last, value: rule.min.value, unit: rule.min.unit } }];
}

/** First date on which a donation no longer counts towards a cap. */
const leavesWindow = (rule: CapRule, { date }: PastDonation): LocalDate =>
  rule.window === 'rolling' ? addSpan(date, rule.span) : `${Number(date.slice(0, 4)) + 1}-01-01`;

function capReasons(
  pack: PolicyPack,
  rule: CapRule,
  facts: EligibilityFacts,
  { procedure, date }: DonationAsk,
): Refusal[] {
  if (!rule.group.includes(procedure) || !appliesToSex(rule, facts)) return [];
  const weigh = (donation: PastDonation) => (rule.unit === 'count' ? 1 : donation.volumeMl);
  const room = rule.max - (rule.unit === 'count' ? 1 : leastVolume(pack, procedure));
  const counted = allDonations(facts)
    .filter((donation) => rule.group.includes(donation.procedure))
    .map((donation) => ({ leaves: leavesWindow(rule, donation), weight: weigh(donation) }))
    .filter(({ leaves }) => date < leaves)
    .toSorted((a, b) => earlierFirst(a.leaves, b.leaves));
  let total = counted.reduce((sum, { weight }) => sum + weight, 0);
  if (total <= room) return [];
  for (const { leaves, weight } of counted) {
    total -= weight;
    if (total <= room) {
      return [{ code: 'yearly-cap', ...cite(rule), from: leaves, params: { max: rule.max, unit: rule.unit } }];
    }
  }
  return [{ code: 'yearly-cap', ...cite(rule), params: { max: rule.max, unit: rule.unit } }];
}

/** What a donation draws at the least: with less room than that under a cap, there is no use in coming. */
const leastVolume = (pack: PolicyPack, procedure: Procedure): number =>
  Math.min(
    ...pack.volumes
      .filter((rule) => rule.procedure === procedure)
      .flatMap(({ allowed }) => allowed.map((a) => a.minMl)),
  );
