import { addSpan, earlierFirst } from './dates.ts';
import type { LocalDate, Localized, Mark, ServiceCategory } from './vocabulary.ts';

/** Whether service of a kind counts to the award of those who serve blood and stem-cell donation. */
export const countsToAward = (category: ServiceCategory): boolean =>
  category === 'blood-donation' || category === 'stem-cell-donation';

/** A stretch of service as it was recorded: timed by the system, or added by hand. */
export type Served = {
  readonly recordId: string;
  readonly date: LocalDate;
  readonly minutes: number;
  readonly isTimed: boolean;
  readonly category: ServiceCategory;
};

/** That a record's minutes are others; `n`: the how-manieth correction of it. Nothing is edited: the last one holds. */
export type Correction = { readonly of: string; readonly n: number; readonly minutes: number };

/** What a record counts for, what the system timed apart from what somebody has added. */
export type Counted<T extends Served = Served> = T & {
  readonly timed: number;
  readonly byHand: number;
  readonly corrections: number;
};

/**
 * What each record counts for after its corrections. One that is corrected downwards keeps as much of what was timed as is left;
 * what a correction adds was added by hand.
 */
export function counted<T extends Served>(records: readonly T[], corrections: readonly Correction[]): Counted<T>[] {
  const of = new Map<string, Correction[]>();
  for (const each of corrections) of.set(each.of, [...(of.get(each.of) ?? []), each]);
  return records.map((record) => {
    const own = (of.get(record.recordId) ?? []).toSorted((a, b) => a.n - b.n);
    const now = own.at(-1)?.minutes ?? record.minutes;
    const timed = record.isTimed ? Math.min(record.minutes, now) : 0;
    return { ...record, timed, byHand: now - timed, corrections: own.length };
  });
}

export type Sum = { readonly timed: number; readonly byHand: number };
export const minutesOf = ({ timed, byHand }: Sum): number => timed + byHand;

/** What records come to together. */
export const sumOf = (records: readonly Sum[]): Sum => ({
  timed: records.reduce((sum, { timed }) => sum + timed, 0),
  byHand: records.reduce((sum, { byHand }) => sum + byHand, 0),
});

/** From how many hours each star is met, from one on, and how sure we are of it. */
export type StarRules = { readonly hours: readonly number[]; readonly source: Localized; readonly mark: Mark };
/** More hours than these, and service for more years where it says so. */
export type LifetimeRule = { readonly overHours: number; readonly overYears?: number };

export type Stars = {
  readonly minutes: number;
  readonly stars: number;
  /** On which date the standard of each star was met. */
  readonly met: readonly { readonly stars: number; readonly on: LocalDate }[];
  readonly next?: { readonly stars: number; readonly hours: number; readonly minutesLeft: number };
};

const MINUTES = 60;

/** Which stars' standards somebody's records meet, by date. */
export function starsOf({ hours }: Pick<StarRules, 'hours'>, records: readonly Counted[]): Stars {
  const met: { stars: number; on: LocalDate }[] = [];
  let minutes = 0;
  for (const record of records.toSorted((a, b) => earlierFirst(a.date, b.date))) {
    minutes += minutesOf(record);
    for (let from = hours[met.length]; from !== undefined && minutes >= from * MINUTES; from = hours[met.length]) {
      met.push({ stars: met.length + 1, on: record.date });
    }
  }
  const from = hours[met.length];
  return {
    minutes,
    stars: met.length,
    met,
    ...(from !== undefined && {
      next: { stars: met.length + 1, hours: from, minutesLeft: from * MINUTES - minutes },
    }),
  };
}

/** Whether a lifetime's service meets a standard: more hours, and more years since the first of it, than one of them says. */
export function meetsLifetime(
  rules: readonly LifetimeRule[],
  records: readonly Counted[],
  today: LocalDate,
): LifetimeRule | undefined {
  const minutes = minutesOf(sumOf(records));
  const first = records
    .filter((record) => minutesOf(record) > 0)
    .map(({ date }) => date)
    .sort(earlierFirst)[0];
  return rules.find(
    ({ overHours, overYears }) =>
      minutes > overHours * MINUTES &&
      (overYears === undefined ||
        (first !== undefined && today > addSpan(first, { value: 12 * overYears, unit: 'month' }))),
  );
}

/** Thresholds that make sense: whole hours, each star above the one before. */
export const areThresholds = (hours: readonly number[]): boolean =>
  hours.every((from, n) => Number.isInteger(from) && from > (hours[n - 1] ?? 0));

/** Sums by what a record is put under, in the order of the first of each. */
export function sumsBy<T extends Sum, K>(
  records: readonly T[],
  keyOf: (record: T) => K,
): Map<K, Sum & { count: number }> {
  const sums = new Map<K, Sum & { count: number }>();
  for (const record of records) {
    const key = keyOf(record);
    const before = sums.get(key) ?? { timed: 0, byHand: 0, count: 0 };
    sums.set(key, {
      timed: before.timed + record.timed,
      byHand: before.byHand + record.byHand,
      count: before.count + (minutesOf(record) > 0 ? 1 : 0),
    });
  }
  return sums;
}

/** Hours as official platforms take them: with two decimals, and never more than were served. */
export const hoursOf = (minutes: number): number => Math.floor((minutes * 100) / MINUTES) / 100;

/** What hours by hand may be asked for: a day's work at most, of a day that is over or under way, not of long ago. */
export const MOST_MINUTES = 24 * MINUTES;
const LONGEST_AGO_MONTHS = 24;
export function handFault(
  { date, minutes }: { readonly date: LocalDate; readonly minutes: number },
  today: LocalDate,
): { path: 'date' | 'minutes'; why: 'too-late' | 'too-early' | 'too-big' } | undefined {
  if (date > today) return { path: 'date', why: 'too-late' };
  if (date < addSpan(today, { value: -LONGEST_AGO_MONTHS, unit: 'month' })) return { path: 'date', why: 'too-early' };
  return minutes > MOST_MINUTES ? { path: 'minutes', why: 'too-big' } : undefined;
}

/** Why somebody may not decide a request: it is over, or it is theirs, whoever asked it for them. */
export const decideFault = (
  request: { readonly status: 'asked' | 'approved' | 'rejected'; readonly askedBy: string; readonly personId: string },
  by: string,
): 'own-request' | 'wrong-state' | undefined =>
  request.status !== 'asked'
    ? 'wrong-state'
    : by === request.askedBy || by === request.personId
      ? 'own-request'
      : undefined;
