import { addSpan, earlierFirst } from './dates.ts';
import type { BookingStatus, Instant, LocalDate, Localized, Mark, ServiceCategory } from './vocabulary.ts';

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

/**
 * Hours that were added for a whole shift, of which nothing was recorded, give way to what is recorded of it, whenever that is heard
 * of: no shift counts twice. They count again where that record is taken back.
 */
export function oncePerShift<
  T extends { readonly bookingId: string; readonly isTimed: boolean; readonly isWholeShift: boolean },
>(records: readonly T[]): T[] {
  const recorded = new Set(records.filter(({ isTimed }) => isTimed).map(({ bookingId }) => bookingId));
  return records.filter(({ isWholeShift, bookingId }) => !(isWholeShift && recorded.has(bookingId)));
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

/** More hours than anybody has served. */
export const MOST_STAR_HOURS = 20_000;
/** Whether a star's threshold makes sense: whole hours, above that of the star before. */
export const isThreshold = (hours: readonly number[], n: number): boolean => {
  const from = hours[n] ?? 0;
  return Number.isInteger(from) && from > (hours[n - 1] ?? 0) && from <= MOST_STAR_HOURS;
};
export const areThresholds = (hours: readonly number[]): boolean => hours.every((_, n) => isThreshold(hours, n));

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

const LONGEST_AGO_MONTHS = 24;
/** Whether hours of a date may still be asked about. */
export const isWithinTerm = (date: LocalDate, today: LocalDate): boolean =>
  date >= addSpan(today, { value: -LONGEST_AGO_MONTHS, unit: 'month' });

/**
 * Whether somebody may ask for a shift of which nothing is recorded: one that is over, not of long ago. Whoever is noted as here is
 * checked out, at the latest by rule, and has a record then.
 */
export const mayAskForShift = (
  { status, endsAt, date }: { readonly status: BookingStatus; readonly endsAt: Instant; readonly date: LocalDate },
  { now, today }: { readonly now: Instant; readonly today: LocalDate },
): boolean => status !== 'cancelled' && status !== 'arrived' && endsAt <= now && isWithinTerm(date, today);

/**
 * What hours by hand may be asked for: a day's work at most, of a day that is over or under way, not of long ago; and of a record
 * (`was`: what it comes to) something else.
 */
export const MOST_MINUTES = 24 * MINUTES;
export function handFault(
  { date, minutes, was }: { readonly date: LocalDate; readonly minutes: number; readonly was?: number | undefined },
  today: LocalDate,
): { path: 'date' | 'minutes'; why: 'too-late' | 'too-early' | 'too-small' | 'too-big' | 'unchanged' } | undefined {
  if (date > today) return { path: 'date', why: 'too-late' };
  if (!isWithinTerm(date, today)) return { path: 'date', why: 'too-early' };
  if (minutes > MOST_MINUTES) return { path: 'minutes', why: 'too-big' };
  if (was === undefined && minutes === 0) return { path: 'minutes', why: 'too-small' };
  return minutes === was ? { path: 'minutes', why: 'unchanged' } : undefined;
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
