import { earlierFirst } from './dates.ts';
import type { HonourRules } from './policy-pack.ts';
import type { PastDonation } from './refusal.ts';
import type { LocalDate } from './vocabulary.ts';

type Contribution = 'bronze' | 'silver' | 'gold';
export type Honours = {
  readonly donations: number;
  readonly volumeMl: number;
  readonly times: number;
  /** Standards met, in order of time; `count` says the how-manieth of its kind it is. */
  readonly met: readonly {
    readonly honour: Contribution | 'lifetime';
    readonly on: LocalDate;
    readonly count: number;
  }[];
  readonly next?: { readonly honour: Contribution; readonly timesLeft: number };
  /** Times of the round under way: what counts towards the next standard. */
  readonly round: number;
};

/** How many times (次) a donation counts: by platelet units, or by 200 ml of whole blood. */
export function timesOf(rules: HonourRules, donation: PastDonation): number {
  if (donation.procedure === 'platelets') return (donation.platelets ?? 1) * rules.timesPerPlateletUnit;
  if (donation.volumeMl === 300) return rules.times300ml.value;
  return (donation.volumeMl / 200) * rules.timesPer200ml;
}

/**
 * What a person's donations add up to. Times accumulate through bronze and silver to gold, whose standard starts a new
 * round; the lifetime honour's is met once, with a given number of golds.
 */
export function honours(rules: HonourRules, donations: readonly PastDonation[]): Honours {
  const levels = rules.contribution.toSorted((a, b) => a.from - b.from);
  const met: Honours['met'][number][] = [];
  const counts = { bronze: 0, silver: 0, gold: 0 };
  let round = 0;
  let reached = 0;
  let times = 0;
  let volumeMl = 0;
  for (const donation of donations.toSorted((a, b) => earlierFirst(a.date, b.date))) {
    const add = timesOf(rules, donation);
    times += add;
    volumeMl +=
      donation.procedure === 'platelets' ? (donation.platelets ?? 1) * rules.plateletUnitMl.value : donation.volumeMl;
    round += add;
    for (let level = levels[reached]; level && round >= level.from; level = levels[reached]) {
      counts[level.level] += 1;
      met.push({ honour: level.level, on: donation.date, count: counts[level.level] });
      reached += 1;
      if (reached < levels.length) continue;
      if (level.level === 'gold' && counts.gold === rules.lifetimeGolds) {
        met.push({ honour: 'lifetime', on: donation.date, count: 1 });
      }
      round = rules.carryOver.value ? round - level.from : 0;
      reached = 0;
    }
  }
  const next = levels[reached];
  return {
    donations: donations.length,
    volumeMl,
    times,
    met,
    round,
    ...(next && { next: { honour: next.level, timesLeft: next.from - round } }),
  };
}
