import { LATE_DAYS } from './booking-states.ts';
import { daysBetween } from './dates.ts';
import { addMinutes, localDateOf } from './local-time.ts';
import type { BookingStatus, Instant, ServiceWay } from './vocabulary.ts';

/** When a volunteer came and went, and how each is known. */
export type Attendance = {
  readonly startedAt: Instant;
  readonly in: ServiceWay;
  readonly endedAt?: Instant;
  readonly out?: ServiceWay;
  /** What counts of it, once they have gone. */
  readonly minutes?: number;
};

export type ShiftTime = { readonly startsAt: Instant; readonly endsAt: Instant; readonly zone: string };

/** Which statuses of a shift's booking each step may leave. `paper`: the sheet says they came; `absent`: that they did not. */
export const ATTENDANCE_FROM = {
  in: ['booked', 'noshow'],
  out: ['arrived'],
  paper: ['booked', 'noshow', 'arrived', 'fulfilled'],
  absent: ['booked', 'arrived', 'fulfilled'],
} as const satisfies Record<string, readonly BookingStatus[]>;
export type AttendanceStep = keyof typeof ATTENDANCE_FROM;

export const isAttendanceAllowed = (step: AttendanceStep, status: BookingStatus): boolean =>
  (ATTENDANCE_FROM[step] as readonly BookingStatus[]).includes(status);

/** From so long before a shift begins its volunteers may be checked in. */
export const EARLY_MINUTES = 120;
/** Whoever was not checked out by then forgot it: the rule closes it. */
export const CLOSED_AFTER_MINUTES = 60;
/** What a device had to keep for longer than this is no longer taken for timed: it counts as a sheet of paper would. */
export const KEPT_HOURS = 24;

/** When a rule closes what nobody has. */
export const closedAt = ({ endsAt }: ShiftTime): Instant => addMinutes(endsAt, CLOSED_AFTER_MINUTES);

/**
 * Whole minutes that count: of the time somebody was there, what lies within the shift's own. Bookings never overlap, so no minute
 * can count twice; whoever stayed on has that added by hand, with a reason. Elapsed time, whatever clocks and dates do.
 */
export function creditedMinutes(shift: ShiftTime, startedAt: Instant, endedAt: Instant): number {
  const from = Math.max(Date.parse(shift.startsAt), Date.parse(startedAt));
  const until = Math.min(Date.parse(shift.endsAt), Date.parse(endedAt));
  return Math.max(0, Math.floor((until - from) / MINUTE_MS));
}
const MINUTE_MS = 60_000;

/** Whoever scans, or is scanned, again so soon after they came is not leaving. */
const JUST_CAME_MINUTES = 5;

/** Whether somebody had come only a moment before `at`. */
export const hasJustCome = (startedAt: Instant, at: Instant): boolean =>
  Date.parse(at) - Date.parse(startedAt) < JUST_CAME_MINUTES * MINUTE_MS;

export type Believed =
  | { readonly ok: true; readonly at: Instant; readonly way: ServiceWay }
  | { readonly ok: false; readonly why: 'too-early' | 'too-late' };

/**
 * What a server believes of a step that a device says was taken at `at`, and may have kept while there was no line: never a time to
 * come, none outside the shift, and after a day no longer that it was timed.
 */
export function believe(
  step: 'in' | 'out',
  shift: ShiftTime,
  said: { at: Instant; way: ServiceWay; now: Instant },
): Believed {
  const { now } = said;
  const at = said.at > now ? now : said.at;
  if (at < addMinutes(shift.startsAt, -EARLY_MINUTES)) return { ok: false, why: 'too-early' };
  if (at >= (step === 'in' ? shift.endsAt : closedAt(shift))) return { ok: false, why: 'too-late' };
  if (isTooLongAgo(shift, now)) return { ok: false, why: 'too-late' };
  return { ok: true, at, way: at < addMinutes(now, -KEPT_HOURS * 60) ? 'paper' : said.way };
}

/** What lies longer back is added by hand. */
export const isTooLongAgo = ({ startsAt, zone }: ShiftTime, now: Instant): boolean =>
  daysBetween(localDateOf(startsAt, zone), localDateOf(now, zone)) > LATE_DAYS;

/** Somebody who left: never before they came, by whichever device's clock. */
export function leaving(shift: ShiftTime, { startedAt, in: way }: Attendance, at: Instant, out: ServiceWay) {
  const endedAt = at > startedAt ? at : startedAt;
  return { startedAt, in: way, endedAt, out, minutes: creditedMinutes(shift, startedAt, endedAt) };
}

/** As the rule has it: whoever forgot to check out stayed until the end. */
export const leftByRule = (shift: ShiftTime, attended: Attendance) => leaving(shift, attended, shift.endsAt, 'rule');

/** What is wrong with the times on a sheet of paper. */
export type SheetFault = {
  readonly path: 'startedAt' | 'endedAt';
  readonly why: 'too-early' | 'too-late' | 'ends-before';
};

/** The times of a sheet of paper, or of whoever puts right what was recorded: around the shift, in order, and over. */
export function sheetFaults(
  shift: ShiftTime,
  { startedAt, endedAt }: { readonly startedAt: Instant; readonly endedAt: Instant },
  now: Instant,
): readonly SheetFault[] {
  if (isTooLongAgo(shift, now)) return [{ path: 'startedAt', why: 'too-early' }];
  if (startedAt < addMinutes(shift.startsAt, -EARLY_MINUTES)) return [{ path: 'startedAt', why: 'too-early' }];
  if (startedAt >= shift.endsAt || startedAt > now) return [{ path: 'startedAt', why: 'too-late' }];
  if (endedAt < startedAt) return [{ path: 'endedAt', why: 'ends-before' }];
  // Past what counts anyway, a later end is a slip of the pen.
  if (endedAt > now || endedAt > addMinutes(shift.endsAt, LATEST_MINUTES))
    return [{ path: 'endedAt', why: 'too-late' }];
  return [];
}
const LATEST_MINUTES = 12 * 60;
