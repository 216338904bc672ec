import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from './vocabulary.ts';

/** A stored instant from a clock's milliseconds. */
export const instantNow = (epochMs: number): Instant => new Date(epochMs).toISOString();

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

/** Wall-clock time `HHmm` of an instant; the second pass of a repeated hour is told apart by a `b`. */
export function localTimeCode(instant: Instant, zone: string): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const first = at.toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'earlier' });
  const code = `${String(at.hour).padStart(2, '0')}${String(at.minute).padStart(2, '0')}`;
  return first.epochMilliseconds === at.epochMilliseconds ? code : `${code}b`;
}

/** The wall time `YYYY-MM-DDTHH:MM` that clocks in a zone show at an instant. */
export const localOf = (instant: Instant, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
