import type { QuietHours } from '../../../shared/domain/quiet-hours.ts';
import {
  NOT_SENT_HERE,
  REMINDERS,
  type Reminder,
  type ReminderKind,
  type ReminderSettings,
  reminderChange,
  remindersOf,
} from '../../../shared/domain/reminders.ts';
import type { Instant, MessageTemplate } from '../../../shared/domain/vocabulary.ts';
import { createBookings } from '../../../shared/store/bookings.ts';
import type { BookingItem, MessageItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { asDue, asStopped, boundTo, createMessages, newMessage } from '../../../shared/store/messages.ts';
import { AGAIN, withRetries } from '../../../shared/store/retry.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { AnnounceDeps } from './announce-deps.ts';
import { whereAndWhen } from './booking-words.ts';

const TEMPLATES = {
  donation: { 'day-before': 'donation-day-before', soon: 'donation-soon' },
  shift: { 'day-before': 'shift-day-before', soon: 'shift-soon' },
} as const satisfies Record<BookingItem['slotKind'], Record<ReminderKind, MessageTemplate>>;

export const REMINDER_TEMPLATES: readonly MessageTemplate[] = Object.values(TEMPLATES).flatMap((each) =>
  Object.values(each),
);

/**
 * Makes the reminders that a booking calls for as it is now, unless they are there, and stops those made for what it was
 * before. `toldAt`: when its person was told of it as it is.
 */
export async function keepReminders(deps: AnnounceDeps, booking: BookingItem, toldAt: Instant): Promise<void> {
  const messages = createMessages(deps.store);
  const wanted = await remindersWanted(deps, booking, toldAt);
  await Promise.all(wanted.map(async (message) => await messages.create(message)));
  // Whoever looked after a change that was made meanwhile did not see these yet.
  const after = wanted.length > 0 ? await createBookings(deps.store).get(booking.bookingId) : booking;
  // The first version has none before it: most bookings end here.
  if (!after || after.version === 1) return;
  const outdated = (await remindersMade(deps, booking)).filter(
    ({ status, bound }) => status === 'due' && bound?.version !== after.version,
  );
  await Promise.all(
    outdated.map(async (message) => await messages.replace(asStopped(message, nowOf(deps), 'changed'))),
  );
}

async function remindersMade({ store }: AnnounceDeps, booking: BookingItem): Promise<MessageItem[]> {
  const made = await Promise.all(
    Object.values(TEMPLATES[booking.slotKind]).map(
      async (template) => await createMessages(store).about(booking.personId, template, booking.bookingId),
    ),
  );
  return made.flat();
}

/**
 * Brings the reminders of a booking in line with what its site sends now: those that wait come when the site says now, or not
 * at all, and what it sends anew is made. What was sent is sent.
 */
export async function alignReminders(deps: AnnounceDeps, bookingId: string): Promise<void> {
  const messages = createMessages(deps.store);
  await withRetries(async () => {
    const booking = await createBookings(deps.store).get(bookingId);
    const now = nowOf(deps);
    if (booking?.status !== 'booked' || booking.startsAt <= now) return 'done';
    const wanted = await remindersCalledFor(deps, booking, booking.changedAt);
    const made = (await remindersMade(deps, booking)).filter(({ bound }) => bound?.version === booking.version);
    const written: boolean[] = [];
    for (const message of wanted.filter(isOfUse(now))) {
      if (made.every(({ messageId }) => messageId !== message.messageId)) written.push(await messages.create(message));
    }
    for (const before of made) {
      const after = wanted.find(({ messageId }) => messageId === before.messageId);
      // What can come no more is left to its sender, who says so.
      if (after && !isOfUse(now)(after)) continue;
      const change = reminderChange(before, after && { dueAt: after.dueAt, until: after.until ?? after.dueAt });
      const { reason: _, ...rest } = before;
      if (change === 'stop') written.push(await messages.replace(asStopped(before, now, NOT_SENT_HERE)));
      if (change === 'move' && after) {
        const { dueAt, until = dueAt, gsi1sk } = after;
        written.push(await messages.replace(asDue(rest, dueAt, { until, gsi1sk })));
      }
    }
    return written.includes(false) ? AGAIN : 'done';
  }, deps);
}

const isOfUse =
  (now: Instant) =>
  ({ until = now }: MessageItem): boolean =>
    until > now;

/** The reminders that a booking calls for and that are still of use. */
export async function remindersWanted(
  deps: AnnounceDeps,
  booking: BookingItem,
  toldAt: Instant,
): Promise<MessageItem[]> {
  const now = nowOf(deps);
  if (booking.status !== 'booked' || booking.startsAt <= now) return [];
  return (await remindersCalledFor(deps, booking, toldAt)).filter(isOfUse(now));
}

/** Every reminder that a booking calls for as its site sends them now, of use or not. */
async function remindersCalledFor(deps: AnnounceDeps, booking: BookingItem, toldAt: Instant): Promise<MessageItem[]> {
  const site = (await deps.sites()).find(({ siteId }) => siteId === booking.containerId);
  return reminderMessages(booking, {
    toldAt,
    settings: site?.reminders ?? REMINDERS,
    quiet: deps.quiet,
    publicUrl: deps.publicUrl,
    now: nowOf(deps),
  });
}

/** Every reminder that a booking that stands calls for, of use or not. */
export function reminderMessages(
  booking: BookingItem,
  input: {
    readonly toldAt: Instant;
    readonly settings: ReminderSettings;
    readonly quiet: QuietHours | undefined;
    readonly publicUrl: string;
    readonly now: Instant;
  },
): MessageItem[] {
  return remindersOf(booking, input.toldAt, input.settings, input.quiet).map(
    ({ kind, dueAt, until }: Reminder): MessageItem =>
      newMessage({
        personId: booking.personId,
        template: TEMPLATES[booking.slotKind][kind],
        subject: booking.bookingId,
        version: booking.version,
        scope: booking.containerId,
        zone: booking.zone,
        params: { ...whereAndWhen(booking), link: `${input.publicUrl}/bookings` },
        bound: boundTo(keys.booking(booking.bookingId), booking.version),
        now: input.now,
        // The due index is read forward: what is late already is due now.
        dueAt: dueAt > input.now ? dueAt : input.now,
        until,
      }),
  );
}
