import type { Instant, Language, LocalDate } from '../../../shared/domain/vocabulary.ts';

/** Dates and times as people read them, always in the place's own zone. Intl only: no calendar library in the first load. */

const LOCALE: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };
const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = locale + JSON.stringify(options);
  let made = formats.get(name);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, options);
    formats.set(name, made);
  }
  return made;
}

/** The local date of an instant in a zone. */
export function dateIn(zone: string, at: Date | Instant): LocalDate {
  const parts = format('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(
    typeof at === 'string' ? new Date(at) : at,
  );
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The date that the reader's own clock shows. */
export const dateHere = (): LocalDate => dateIn(Intl.DateTimeFormat().resolvedOptions().timeZone, new Date());

/** Slots are made this far ahead, today among the days. */
export const SLOT_DAYS = 29;

export function addDays(date: LocalDate, days: number): LocalDate {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

const noon = (date: LocalDate): Date => new Date(`${date}T12:00:00Z`);

export function weekday(date: LocalDate, language: Language): string {
  return format(LOCALE[language], { timeZone: 'UTC', weekday: 'short' }).format(noon(date));
}

/** 0 is Sunday. */
export const dayOfWeek = (date: LocalDate): number => noon(date).getUTCDay();

/** `12月20日` or `20 Dec`. */
export function monthDay(date: LocalDate, language: Language): string {
  const [, month, day] = date.split('-').map(Number);
  return language === 'zh'
    ? `${month}月${day}日`
    : format(LOCALE.en, { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(noon(date));
}

/** `12月20日 周日` or `Sun 20 Dec`. */
export const dayName = (date: LocalDate, language: Language): string =>
  language === 'zh'
    ? `${monthDay(date, 'zh')} ${weekday(date, 'zh')}`
    : `${weekday(date, 'en')} ${monthDay(date, 'en')}`;

const NEAR: Record<Language, readonly string[]> = { zh: ['今天', '明天'], en: ['Today', 'Tomorrow'] };

/** `今天` or `Tomorrow`; undefined for any other day. */
export const nearDay = (date: LocalDate, today: LocalDate, language: Language): string | undefined =>
  NEAR[language][[today, addDays(today, 1)].indexOf(date)];

/** With its year, for what lies months away: `2026年12月20日` or `20 Dec 2026`. */
export const fullDate = (date: LocalDate, language: Language): string =>
  language === 'zh' ? `${date.slice(0, 4)}年${monthDay(date, 'zh')}` : `${monthDay(date, 'en')} ${date.slice(0, 4)}`;

/** A month, `YYYY-MM`: `2026年12月` or `December 2026`. */
export const monthName = (month: string, language: Language): string =>
  format(LOCALE[language], { timeZone: 'UTC', year: 'numeric', month: 'long' }).format(noon(`${month}-01`));

/** `09:00`. */
export const timeOf = (at: Instant, zone: string): string =>
  format('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));

/** `12月20日 周日 09:00–09:45`; the end's day is named when it is another. */
export function span(from: Instant, to: Instant, zone: string, language: Language): string {
  const [start, end] = [dateIn(zone, from), dateIn(zone, to)];
  const join = language === 'zh' ? ' ' : ', ';
  const first = `${dayName(start, language)}${join}${timeOf(from, zone)}`;
  return start === end
    ? `${first}–${timeOf(to, zone)}`
    : `${first} – ${dayName(end, language)}${join}${timeOf(to, zone)}`;
}

/** `12月20日 周日 09:00`. */
export const moment = (at: Instant, zone: string, language: Language): string =>
  `${dayName(dateIn(zone, at), language)}${language === 'zh' ? ' ' : ', '}${timeOf(at, zone)}`;

/** The same, but today and tomorrow by name: `今天 09:00`. */
export function nearMoment(at: Instant, zone: string, today: LocalDate, language: Language): string {
  const date = dateIn(zone, at);
  const near = nearDay(date, today, language);
  const join = language === 'zh' ? ' ' : ', ';
  return near ? `${near}${join}${timeOf(at, zone)}` : moment(at, zone, language);
}

/** The zone's name, when the reader's clock is set to another; undefined when it need not be said. */
export function foreignZone(zone: string, language: Language): string | undefined {
  const now = new Date();
  const here = format('en-GB', { dateStyle: 'short', timeStyle: 'short' });
  const there = format('en-GB', { dateStyle: 'short', timeStyle: 'short', timeZone: zone });
  if (here.format(now) === there.format(now)) return undefined;
  return format(LOCALE[language], { timeZone: zone, timeZoneName: 'long' })
    .formatToParts(now)
    .find(({ type }) => type === 'timeZoneName')?.value;
}

/** The Saturday and Sunday of this week, or of the one that begins tomorrow; on a Sunday, that day alone counts. */
export function weekendOf(today: LocalDate): { from: LocalDate; to: LocalDate } {
  const day = dayOfWeek(today);
  if (day === 0) return { from: today, to: today };
  return { from: addDays(today, 6 - day), to: addDays(today, 7 - day) };
}
