import { addSpan, earlierFirst } from './dates.ts';
import { addMinutes, localDateOf } from './local-time.ts';
import { type QuietHours, quietAround, wallClock } from './quiet-hours.ts';
import type { Instant, LocalDate, MessageStatus } from './vocabulary.ts';

/** Which reminders a site sends of a booking. */
export type ReminderSettings = {
  /** Local time, `HH:MM`, on the day before; absent: none that day. */
  readonly dayBeforeAt?: string;
  /** How long before the start; absent: none on the day. */
  readonly minutesBefore?: number;
};

/** What a site does that has not chosen, and every event. */
export const REMINDERS: ReminderSettings = { dayBeforeAt: '18:00', minutesBefore: 120 };

/** The one of the day before, and the one shortly before the start. */
export const REMINDER_KINDS = ['day-before', 'soon'] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

export type Reminder = {
  readonly kind: ReminderKind;
  readonly dueAt: Instant;
  /** The last instant at which it is of use: later, it is not sent. */
  readonly until: Instant;
};

/** Somebody who was told of their booking needs no reminder for so long. */
const TOLD_MINUTES = 60;
/** What cannot come in the quiet hours comes so long before them. */
const BEFORE_QUIET_MINUTES = 60;

/**
 * The reminders of a booking, the earliest first. `toldAt`: when its person was told of it as it is now, by a confirmation
 * or a change.
 *
 * The day before is a date at the place, so that the text comes at the same hour whatever clocks do in between. One that
 * would fall into the quiet hours comes at their end if half its time is left by then, else on the evening before them;
 * nobody is woken for it. No reminder comes within an hour of what it repeats, and there is at most one a local date.
 */
export function remindersOf(
  booking: { readonly startsAt: Instant; readonly date: LocalDate; readonly zone: string },
  toldAt: Instant,
  settings: ReminderSettings,
  quiet: QuietHours | undefined,
): readonly Reminder[] {
  const all = [...dayBefore(booking, settings, quiet), ...soon(booking, settings, quiet)]
    .filter(({ dueAt }) => dueAt >= addMinutes(toldAt, TOLD_MINUTES))
    .toSorted((a, b) => earlierFirst(a.dueAt, b.dueAt));
  const dates = all.map(({ dueAt }) => localDateOf(dueAt, booking.zone));
  return all.filter((_, n) => dates.indexOf(dates[n] as LocalDate) === n);
}

/** Why a reminder was stopped that its site no longer sends: should the site send it again, it is brought back. */
export const NOT_SENT_HERE = 'site-settings';

/**
 * What becomes of a reminder that was made, now that its site's settings call for this one, or for none. One that was sent, that
 * somebody stopped for another reason or that a sender is about is left alone.
 */
export function reminderChange(
  made: {
    readonly status: MessageStatus;
    readonly attempts: number;
    readonly reason?: string;
    readonly dueAt: Instant;
    readonly until?: Instant;
  },
  wanted: Pick<Reminder, 'dueAt' | 'until'> | undefined,
): 'move' | 'stop' | undefined {
  if (made.attempts > 0) return undefined;
  const stopped = made.status === 'void' && made.reason === NOT_SENT_HERE;
  if (stopped) return wanted && 'move';
  if (made.status !== 'due') return undefined;
  if (!wanted) return 'stop';
  return made.dueAt === wanted.dueAt && made.until === wanted.until ? undefined : 'move';
}

type Place = Parameters<typeof remindersOf>[0];

function dayBefore(
  { date, zone }: Place,
  { dayBeforeAt }: ReminderSettings,
  quiet: QuietHours | undefined,
): Reminder[] {
  if (dayBeforeAt === undefined) return [];
  const at = wallClock(addSpan(date, { value: -1, unit: 'day' }), dayBeforeAt, zone, 'first');
  const night = quietAround(at, zone, quiet);
  const dueAt = night ? addMinutes(night.from, -BEFORE_QUIET_MINUTES) : at;
  return [{ kind: 'day-before', dueAt, until: wallClock(date, '00:00', zone, 'first') }];
}

function soon(
  { startsAt, zone }: Place,
  { minutesBefore }: ReminderSettings,
  quiet: QuietHours | undefined,
): Reminder[] {
  if (minutesBefore === undefined) return [];
  const before = (part: number): Instant => addMinutes(startsAt, -minutesBefore * part);
  const night = quietAround(before(1), zone, quiet);
  if (!night) return [{ kind: 'soon', dueAt: before(1), until: before(0.25) }];
  if (night.to <= before(0.5)) return [{ kind: 'soon', dueAt: night.to, until: before(0.25) }];
  return [{ kind: 'soon', dueAt: addMinutes(night.from, -BEFORE_QUIET_MINUTES), until: night.from }];
}
