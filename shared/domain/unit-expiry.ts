import { addSpan } from './dates.ts';
import { addMinutes, toInstant } from './local-time.ts';
import type { Instant, LocalDate } from './vocabulary.ts';

/** When a unit expires, in the local time of its site. Without a time, at the end of the day. */
export type Expiry = { readonly on: LocalDate; readonly time?: string };

/** ISBT 128 data structure 005 encodes the end of a day as its last minute, and what has no time of its own so too (ST-001 2.4.5). */
const END_OF_DAY = '23:59';

/** The first instant at which it has expired; of a time that clocks go back over, the first. */
export function expiresAt({ on, time = END_OF_DAY }: Expiry, zone: string): Instant {
  const read = toInstant(`${on}T${time}`, zone);
  const at = read.ok
    ? read.instant
    : read.why === 'repeated'
      ? read.instants[0]
      : read.why === 'skipped'
        ? read.next
        : undefined;
  if (!at) throw new TypeError('not a local time');
  return time === END_OF_DAY ? addMinutes(at, 1) : at;
}

export const isExpired = (unit: { readonly expiresAt?: Instant | undefined }, now: Instant): boolean =>
  unit.expiresAt !== undefined && unit.expiresAt <= now;

const JULIAN = /^(?:=>(\d)(\d{2})(\d{3})|&>(\d)(\d{2})(\d{3})(\d{2})(\d{2}))$/;
const TYPED = /^(?:(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2}))(?:[T ]*(\d{1,2}):(\d{2}))?$/;

/**
 * Reads an expiry as a scanner sends it (ISBT 128 data structures 004 `=>cyyjjj` and 005 `&>cyyjjjhhmm`, ST-001 2.4.4 and 2.4.5) or
 * as a person types it (`2026-12-24`, `20261224`, `2026-12-24 13:30`). Undefined for what is no date: nothing is guessed.
 */
export function readExpiry(text: string): Expiry | undefined {
  const said = text.normalize('NFKC').trim();
  const scanned = JULIAN.exec(said.replaceAll(/\s/g, ''));
  if (scanned) {
    const [, c, yy, jjj, c5 = c, yy5 = yy, jjj5 = jjj, hh, mm] = scanned;
    // The century's digit: 0 for 2000 to 2099. Blood of the last century has long expired.
    const year = 2000 + Number(c5) * 100 + Number(yy5);
    const day = Number(jjj5);
    if (Number(c5) > 1 || day < 1) return undefined;
    const on = addSpan(`${year}-01-01`, { value: day - 1, unit: 'day' });
    return on.startsWith(String(year)) ? withTime(on, hh, mm) : undefined;
  }
  const typed = TYPED.exec(said);
  if (!typed) return undefined;
  const [, y, m, d, year = y, month = m ?? '', day = d ?? '', hh, mm] = typed;
  return withTime(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, hh, mm);
}

function withTime(on: LocalDate, hh: string | undefined, mm: string | undefined): Expiry | undefined {
  const time = hh === undefined ? undefined : `${hh.padStart(2, '0')}:${mm}`;
  if (toInstant(`${on}T${time ?? END_OF_DAY}`, 'UTC').ok === false) return undefined;
  return { on, ...(time !== undefined && time !== END_OF_DAY && { time }) };
}

/** A date that a unit of this donation may carry: not before it was given, and not longer than anything keeps. */
const LONGEST_YEARS = 30;
export const isPlausible = ({ on }: Expiry, donated: LocalDate): boolean =>
  on >= donated && on <= addSpan(donated, { value: LONGEST_YEARS, unit: 'year' });
