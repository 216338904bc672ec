import type { Span } from './policy-pack.ts';
import type { Instant, LocalDate } from './vocabulary.ts';

// Dates alone, apart from times and zones, so that all of them are days of UTC here. By the platform's calendar: the library that
// reads clocks and zones (local-time.ts) is a tenth of what a donor's phone may load for all of a page.
const DAY_MS = 86_400_000;
const read = (date: LocalDate): Date => new Date(`${date}T00:00:00Z`);
const written = (date: Date): LocalDate => date.toISOString().slice(0, 10);
const addDays = (date: LocalDate, days: number): LocalDate => written(new Date(read(date).getTime() + days * DAY_MS));

/** A day that a month does not have is its last. */
function addMonths(date: LocalDate, months: number): LocalDate {
  const then = read(date);
  const day = then.getUTCDate();
  then.setUTCDate(1);
  then.setUTCMonth(then.getUTCMonth() + months + 1, 0);
  then.setUTCDate(Math.min(day, then.getUTCDate()));
  return written(then);
}

const LATER = {
  day: addDays,
  week: (date, weeks) => addDays(date, 7 * weeks),
  month: addMonths,
  year: (date, years) => addMonths(date, 12 * years),
} as const satisfies Record<Span['unit'], (date: LocalDate, value: number) => LocalDate>;

/** For sorting dates or instants, the earliest first. */
export const earlierFirst = (a: LocalDate | Instant, b: LocalDate | Instant): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The date a span after another: weeks end on the same weekday; months and years on the same day of the month, or on the
 * month's last day where it has no such day (31 August + 6 months = 28 February; so is a 29 February birthday kept).
 */
export const addSpan = (date: LocalDate, span: Span): LocalDate => LATER[span.unit](date, span.value);

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
  (read(to).getTime() - read(from).getTime()) / DAY_MS;

/** 1 (Monday) to 7 (Sunday). */
export const weekdayOf = (date: LocalDate): number => read(date).getUTCDay() || 7;
