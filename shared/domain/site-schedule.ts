import { earlierFirst, weekdayOf } from './dates.ts';
import type { LocalDate, Localized } from './vocabulary.ts';
import { type DayHours, type OpeningHours, type PlannedSlot, slotsOfDay } from './weekly-hours.ts';

/** A site's week as it holds from a local date on. */
export type SiteSchedule = {
  readonly effectiveFrom: LocalDate;
  /** The last date on which it holds; absent: until another takes over. */
  readonly effectiveTo?: LocalDate;
  readonly hours: readonly OpeningHours[];
  /** Dates on which the site is closed all the same. */
  readonly closedOn: readonly LocalDate[];
  /** Dates with hours of their own, in place of their weekday's. */
  readonly otherHours?: readonly { readonly on: LocalDate; readonly hours: readonly DayHours[] }[];
  /** Where a bus stands, by weekday (1 is Monday) or, before that, by date. */
  readonly stops: readonly { readonly on: number | LocalDate; readonly stop: Localized }[];
};

/** The schedule that holds on a date: of those that do, the one that began last. */
export const scheduleOn = <T extends SiteSchedule>(schedules: readonly T[], date: LocalDate): T | undefined =>
  schedules
    .filter(
      ({ effectiveFrom, effectiveTo }) => effectiveFrom <= date && (effectiveTo === undefined || date <= effectiveTo),
    )
    .toSorted((a, b) => earlierFirst(a.effectiveFrom, b.effectiveFrom))
    .at(-1);

/** The hours of a date in the week that holds on it: the date's own, else its weekday's; none where it is closed. */
export function hoursOn(schedule: SiteSchedule, date: LocalDate): readonly OpeningHours[] {
  if (schedule.closedOn.includes(date)) return [];
  const weekday = weekdayOf(date);
  const own = schedule.otherHours?.find(({ on }) => on === date);
  if (own) return own.hours.map((hours) => ({ ...hours, weekday }));
  return schedule.hours.filter((hours) => hours.weekday === weekday);
}

/** The slots a site offers on a date, in order of start, and where it stands. */
export function siteDay(
  schedules: readonly SiteSchedule[],
  date: LocalDate,
  zone: string,
): { readonly slots: readonly PlannedSlot[]; readonly stop?: Localized } {
  const schedule = scheduleOn(schedules, date);
  if (!schedule || schedule.closedOn.includes(date)) return { slots: [] };
  const slots = slotsOfDay(hoursOn(schedule, date), date, zone);
  const stop = schedule.stops.find(({ on }) => on === date) ?? schedule.stops.find(({ on }) => on === weekdayOf(date));
  return { slots, ...(stop && { stop: stop.stop }) };
}
