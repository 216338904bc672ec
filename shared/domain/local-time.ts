import { Temporal } from 'temporal-polyfill';
import type { Span } from './policy-pack.ts';
import type { Instant, LocalDate } from './vocabulary.ts';

/** A stored instant from a clock's milliseconds. */
export const instantNow = (epochMs: number): Instant => new Date(epochMs).toISOString();

/** For sorting dates or instants, the earliest first. */
export const earlierFirst = (a: LocalDate | Instant, b: LocalDate | Instant): number => (a < b ? -1 : a > b ? 1 : 0);

const storedInstant = (instant: Temporal.Instant): Instant => instant.toString({ smallestUnit: 'millisecond' });

/** The calendar date in a zone at an instant. */
export const localDateOf = (instant: Instant, zone: string): LocalDate =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();

export type LocalTimeResult =
  | { readonly ok: true; readonly instant: Instant }
  /** Clocks jump over it that day; `next` is the first instant after the jump. */
  | { readonly ok: false; readonly why: 'skipped'; readonly next: Instant }
  /** Clocks go back over it that day: it happens at both instants. */
  | { readonly ok: false; readonly why: 'repeated'; readonly instants: readonly [Instant, Instant] }
  | { readonly ok: false; readonly why: 'malformed' };

const LOCAL_DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** The instant of a wall-clock time (`YYYY-MM-DDTHH:MM`) in a zone. What clocks skip or repeat is said, never guessed. */
export function toInstant(localDateTime: string, zone: string): LocalTimeResult {
  if (!LOCAL_DATE_TIME.test(localDateTime)) return { ok: false, why: 'malformed' };
  let wall: Temporal.PlainDateTime;
  try {
    wall = Temporal.PlainDateTime.from(localDateTime, { overflow: 'reject' });
  } catch {
    return { ok: false, why: 'malformed' };
  }
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) {
    return { ok: true, instant: storedInstant(earlier.toInstant()) };
  }
  if (earlier.toPlainDateTime().equals(wall)) {
    return {
      ok: false,
      why: 'repeated',
      instants: [storedInstant(earlier.toInstant()), storedInstant(later.toInstant())],
    };
  }
  const jump = earlier.getTimeZoneTransition('next');
  return { ok: false, why: 'skipped', next: storedInstant((jump ?? later).toInstant()) };
}

/**
 * The pass of a repeated time at which a stretch ends that is to end then: the last; but where clocks go back at that very
 * moment, nothing before it is repeated, and it ends the first time.
 */
export function endingPass([first, last]: readonly [Instant, Instant], zone: string): Instant {
  const at = Temporal.Instant.from(last).toZonedDateTimeISO(zone);
  return at.offsetNanoseconds === at.subtract({ minutes: 1 }).offsetNanoseconds ? last : first;
}

/** Whole milliseconds after an instant; elapsed time, whatever clocks do meanwhile. */
export const addMinutes = (instant: Instant, minutes: number): Instant =>
  instantNow(Date.parse(instant) + minutes * 60_000);

/**
 * The date a span after another: weeks end on the same weekday; months and years on the same day of the month, or on the
 * month's last day where it has no such day (31 August + 6 months = 28 February; so is a 29 February birthday kept).
 */
export const addSpan = (date: LocalDate, span: Span): LocalDate =>
  Temporal.PlainDate.from(date)
    .add({ [`${span.unit}s`]: span.value }, { overflow: 'constrain' })
    .toString();

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
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;

/** Wall-clock time `HHmm` of an instant; the second pass of a repeated hour is told apart by a `b`. */
export function localTimeCode(instant: Instant, zone: string): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const first = at.toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'earlier' });
  const code = `${String(at.hour).padStart(2, '0')}${String(at.minute).padStart(2, '0')}`;
  return first.epochMilliseconds === at.epochMilliseconds ? code : `${code}b`;
}

/** 1 (Monday) to 7 (Sunday). */
export const weekdayOf = (date: LocalDate): number => Temporal.PlainDate.from(date).dayOfWeek;
