import { getISO } from 'temporal-polyfill/fns/Calendar';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import type { Span } from './policy-pack.ts';
import type { Instant, LocalDate } from './vocabulary.ts';

// Dates alone, apart from times and zones: what a donor's phone needs is the lesser part of Temporal.
const read = (date: LocalDate): ReturnType<typeof PlainDate.create> => PlainDate.fromString(date, getISO);

/** A day that a month does not have is its last. */
const LATER = {
  day: PlainDate.addDays,
  week: PlainDate.addWeeks,
  month: PlainDate.addMonths,
  year: PlainDate.addYears,
} as const;

/** For sorting dates or instants, the earliest first. */
export const earlierFirst = (a: LocalDate | Instant, b: LocalDate | Instant): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The date a span after another: weeks end on the same weekday; months and years on the same day of the month, or on the
 * month's last day where it has no such day (31 August + 6 months = 28 February; so is a 29 February birthday kept).
 */
export const addSpan = (date: LocalDate, span: Span): LocalDate =>
  PlainDate.toString(LATER[span.unit](read(date), span.value));

/** The date on which someone completes `years` years. Born on 29 February: 28 February in common years. */
export const birthday = (birthDate: LocalDate, years: number): LocalDate =>
  addSpan(birthDate, { value: years, unit: 'year' });

/** Completed years on a date; negative before the birth. */
export function ageOn(birthDate: LocalDate, date: LocalDate): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date < birthday(birthDate, years) ? years - 1 : years;
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  PlainDate.diff(read(from), read(to), { largestUnit: 'day' }).days;

/** 1 (Monday) to 7 (Sunday). */
export const weekdayOf = (date: LocalDate): number => PlainDate.dayOfWeek(read(date));
