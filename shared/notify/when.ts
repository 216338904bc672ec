import type { Instant, LocalDate, Localized } from '../domain/vocabulary.ts';

/** Made once a zone: making one takes longer than all else that a text needs. */
const formats = new Map<string, { readonly numbers: Intl.DateTimeFormat; readonly month: Intl.DateTimeFormat }>();
function formatsOf(timeZone: string) {
  const made = formats.get(timeZone) ?? {
    numbers: new Intl.DateTimeFormat('en-GB', {
      timeZone,
      ...({ day: 'numeric', month: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
    }),
    month: new Intl.DateTimeFormat('en-GB', { timeZone, month: 'short' }),
  };
  formats.set(timeZone, made);
  return made;
}

function parts(date: Date, zone: string) {
  const { numbers, month } = formatsOf(zone);
  const found = Object.fromEntries(numbers.formatToParts(date).map(({ type, value }) => [type, value]));
  return {
    day: Number(found['day']),
    month: Number(found['month']),
    time: `${found['hour']}:${found['minute']}`,
    name: month.format(date),
  };
}

/** A date and time at the place, as short as a text needs it: `12月20日09:00`, `20 Dec 09:00`. */
export function whenText(instant: Instant, zone: string): Localized {
  const at = new Date(instant);
  const { time } = parts(at, zone);
  const day = dayOf(at, zone);
  return { zh: `${day.zh}${time}`, en: `${day.en} ${time}` };
}

/** A calendar date: `12月20日`, `20 Dec`. */
export const dayText = (date: LocalDate): Localized => dayOf(new Date(`${date}T12:00:00.000Z`), 'UTC');

/** How long something took: `2小时30分钟`, `2 h 30 min`. */
export function spanText(minutes: number): Localized {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const said = (ofHours: string, ofMinutes: string, between: string): string =>
    [...(hours > 0 ? [`${hours}${ofHours}`] : []), ...(rest > 0 || hours === 0 ? [`${rest}${ofMinutes}`] : [])].join(
      between,
    );
  return { zh: said('小时', '分钟', ''), en: said(' h', ' min', ' ') };
}

function dayOf(at: Date, zone: string): Localized {
  const { day, month, name } = parts(at, zone);
  return { zh: `${month}月${day}日`, en: `${day} ${name.slice(0, 3)}` };
}
