import { addSpan } from './dates.ts';
import { localDateOf, localTimeCode, toInstant } from './local-time.ts';
import type { Instant, LocalDate } from './vocabulary.ts';

/** Local times, `HH:MM`, between which nobody is disturbed with what can wait. They may run past midnight. */
export type QuietHours = { readonly from: string; readonly to: string };

/** The stretch of quiet hours that an instant falls in, its end not included; undefined where it falls in none. */
export function quietAround(
  at: Instant,
  zone: string,
  quiet: QuietHours | undefined,
): { readonly from: Instant; readonly to: Instant } | undefined {
  if (!quiet || quiet.from === quiet.to) return undefined;
  const today = localDateOf(at, zone);
  const code = localTimeCode(at, zone);
  const time = `${code.slice(0, 2)}:${code.slice(2, 4)}`;
  const { from, to } = quiet;
  const day = (n: number): LocalDate => addSpan(today, { value: n, unit: 'day' });
  // A quiet hour that happens twice that night begins with its first pass and ends with its last.
  const stretch = (began: number, ends: number) => ({
    from: wallClock(day(began), from, zone, 'first'),
    to: wallClock(day(ends), to, zone, 'last'),
  });
  if (from < to) return time >= from && time < to ? stretch(0, 0) : undefined;
  if (time >= from) return stretch(0, 1);
  return time < to ? stretch(-1, 0) : undefined;
}

/** The end of the quiet hours an instant falls in, or undefined where it falls in none. */
export const quietUntil = (now: Instant, zone: string, quiet: QuietHours | undefined): Instant | undefined =>
  quietAround(now, zone, quiet)?.to;

/** The instant of a wall-clock time (`HH:MM`) on a date: where clocks skip it, the moment after the jump. */
export function wallClock(date: LocalDate, time: string, zone: string, pass: 'first' | 'last'): Instant {
  const found = toInstant(`${date}T${time}`, zone);
  if (found.ok) return found.instant;
  if (found.why === 'malformed') throw new RangeError('a time of day is HH:MM');
  return found.why === 'skipped' ? found.next : found.instants[pass === 'first' ? 0 : 1];
}
