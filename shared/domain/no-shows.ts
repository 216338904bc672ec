import { addSpan } from './dates.ts';
import { addMinutes } from './local-time.ts';
import { wallClock } from './quiet-hours.ts';
import type { Instant, LocalDate } from './vocabulary.ts';

/** Whoever has not come by this long after the day's last time is over will not: until then the desk may still check them in. */
export const NO_SHOW_AFTER_MINUTES = 60;

/**
 * When a site's day is looked through for those who did not come: `first`, after its last time is over, and `last`, when the
 * date is over too, because times may have been added meanwhile. `lastEnd` is absent where the site has no time that day.
 */
export function noShowsAt(
  date: LocalDate,
  zone: string,
  lastEnd: Instant | undefined,
): { first: Instant; last: Instant } {
  const midnight = wallClock(addSpan(date, { value: 1, unit: 'day' }), '00:00', zone, 'first');
  const first = lastEnd ? addMinutes(lastEnd, NO_SHOW_AFTER_MINUTES) : midnight;
  return { first, last: first > midnight ? first : midnight };
}
