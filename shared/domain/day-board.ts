import type { BookingStatus, Instant } from './vocabulary.ts';

/** Somebody who has not come this long after their time is late: early enough to call them while the place is still theirs. */
export const LATE_MINUTES = 15;

type Line = { readonly status: BookingStatus; readonly startsAt: Instant };

/** How many minutes somebody is late who has not come yet; undefined for whoever came, and for whoever still may in good time. */
export function minutesLate({ status, startsAt }: Line, now: Instant): number | undefined {
  if (status !== 'booked') return undefined;
  const minutes = Math.floor((Date.parse(now) - Date.parse(startsAt)) / 60_000);
  return minutes >= LATE_MINUTES ? minutes : undefined;
}

/** The states of a day's board, in the order in which somebody goes through them. */
export const BOARD_STATUSES = ['booked', 'arrived', 'screened', 'giving', 'fulfilled', 'noshow', 'cancelled'] as const;

export type HourCount = { readonly hour: string; readonly expected: number; readonly came: number };

/** A day at a glance: how many stand where, how many are late, and of each hour how many of those expected came. */
export function countDay(
  lines: readonly Line[],
  now: Instant,
  hourOf: (at: Instant) => string,
): { readonly byStatus: Readonly<Record<BookingStatus, number>>; readonly late: number; readonly hours: HourCount[] } {
  const byStatus = Object.fromEntries(BOARD_STATUSES.map((status) => [status, 0])) as Record<BookingStatus, number>;
  const hours = new Map<string, HourCount>();
  for (const { status, startsAt } of lines) {
    byStatus[status] += 1;
    // Whoever gave the place up is expected no more; whoever was deferred came, but is of no hour's work any longer.
    if (status === 'cancelled') continue;
    const hour = hourOf(startsAt);
    const { expected = 0, came = 0 } = hours.get(hour) ?? {};
    hours.set(hour, {
      hour,
      expected: expected + 1,
      came: came + (status === 'booked' || status === 'noshow' ? 0 : 1),
    });
  }
  return {
    byStatus,
    late: lines.filter((line) => minutesLate(line, now) !== undefined).length,
    hours: [...hours.values()].sort((a, b) => (a.hour < b.hour ? -1 : 1)),
  };
}
