import { addSpan, localDateOf, toInstant } from '../domain/local-time.ts';
import type { Instant } from '../domain/vocabulary.ts';
import type { TextSettings } from './settings.ts';

/** The end of the quiet hours an instant falls in, or undefined where it falls in none. They may run past midnight. */
export function quietUntil(now: Instant, zone: string, quiet: TextSettings['quiet']): Instant | undefined {
  if (!quiet || quiet.from === quiet.to) return undefined;
  const today = localDateOf(now, zone);
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(now));
  const { from, to } = quiet;
  const overnight = from > to;
  const within = overnight ? time >= from || time < to : time >= from && time < to;
  if (!within) return undefined;
  const date = overnight && time >= from ? addSpan(today, { value: 1, unit: 'day' }) : today;
  const end = toInstant(`${date}T${to}`, zone);
  if (end.ok) return end.instant;
  if (end.why === 'skipped') return end.next;
  // A quiet hour that happens twice that night ends when it does for the second time.
  return end.why === 'repeated' ? end.instants[1] : undefined;
}
