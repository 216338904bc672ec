import type { SiteSchedule } from './site-schedule.ts';
import { hoursOn, scheduleOn } from './site-schedule.ts';
import type { ClosedCause, Instant, LocalDate, Procedure, SlotStatus } from './vocabulary.ts';

/** What is counted of a slot. */
export type CountedSlot = {
  readonly procedure?: Procedure;
  readonly startsAt: Instant;
  readonly status: SlotStatus;
  readonly places: number;
  readonly free: number;
};

export type DayOffer = {
  readonly date: LocalDate;
  /** Of the slots still to come that take bookings. */
  readonly slots: number;
  readonly places: number;
  readonly free: number;
  /** Present where there is no such slot. */
  readonly closed?: ClosedCause;
};

/** A site's day for one procedure: how much is free of how much, or why there is nothing. */
export function dayOffer(
  day: { readonly date: LocalDate; readonly slots: readonly CountedSlot[] },
  asked: {
    readonly procedure: Procedure;
    readonly now: Instant;
    readonly today: LocalDate;
    /** The last date that bookings are taken for. */
    readonly last: LocalDate;
    readonly schedules: readonly SiteSchedule[];
  },
): DayOffer {
  const { date } = day;
  const planned = day.slots.filter(({ procedure }) => procedure === asked.procedure);
  const open = planned.filter(({ status, startsAt }) => status === 'open' && startsAt > asked.now);
  const sum = (of: 'places' | 'free'): number => open.reduce((so, slot) => so + slot[of], 0);
  return {
    date,
    slots: open.length,
    places: sum('places'),
    free: sum('free'),
    ...(open.length === 0 && { closed: causeOf(date, planned, asked) }),
  };
}

function causeOf(
  date: LocalDate,
  planned: readonly CountedSlot[],
  { procedure, today, last, schedules, now }: Parameters<typeof dayOffer>[1],
): ClosedCause {
  const later = planned.filter(({ startsAt }) => startsAt > now);
  if (later.length > 0) return 'closed';
  if (date < today || (date === today && planned.length > 0)) return 'over';
  const week = scheduleOn(schedules, date);
  if (week?.closedOn.includes(date)) return 'holiday';
  const takes = week && hoursOn(week, date).some((hours) => hours.procedure === procedure);
  if (week && !takes) return 'weekday';
  return date > last ? 'not-yet' : 'closed';
}
