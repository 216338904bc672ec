import type { Instant, LocalDate, Localized } from '../domain/vocabulary.ts';

const parts = (date: Date, zone: string, options: Intl.DateTimeFormatOptions): Record<string, string> =>
  Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options })
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );

/** A date and time at the place, as short as a text needs it: `12月20日09:00`, `20 Dec 09:00`. */
export function whenText(instant: Instant, zone: string): Localized {
  const at = new Date(instant);
  const { hour, minute } = parts(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = dayOf(at, zone);
  return { zh: `${day.zh}${hour}:${minute}`, en: `${day.en} ${hour}:${minute}` };
}

/** A calendar date: `12月20日`, `20 Dec`. */
export const dayText = (date: LocalDate): Localized => dayOf(new Date(`${date}T12:00:00.000Z`), 'UTC');

function dayOf(at: Date, zone: string): Localized {
  const { day, month } = parts(at, zone, { day: 'numeric', month: 'numeric' });
  const { month: name } = parts(at, zone, { month: 'short' });
  return { zh: `${month}月${day}日`, en: `${day} ${name?.slice(0, 3)}` };
}
