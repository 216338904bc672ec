import { localDateOf } from '../../../shared/domain/local-time.ts';
import { dialled } from '../../../shared/domain/phone.ts';
import type { Instant, Localized, MessageTemplate } from '../../../shared/domain/vocabulary.ts';
import { dayText, whenText } from '../../../shared/notify/when.ts';
import { createBookings } from '../../../shared/store/bookings.ts';
import { createClosures } from '../../../shared/store/closures.ts';
import { createDonations } from '../../../shared/store/donations.ts';
import { createEvents } from '../../../shared/store/events.ts';
import { recountUpdate } from '../../../shared/store/figures/keep-units.ts';
import type { BookingItem, MessageItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { boundTo, createMessages, newMessage } from '../../../shared/store/messages.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { AnnounceDeps } from './announce-deps.ts';
import { keepReminders } from './booking-reminders.ts';
import { whereAndWhen } from './booking-words.ts';

/**
 * Makes the message that a booking's present state calls for, unless it is there, and the reminders. What the booking was
 * in between is passed over: somebody who booked and moved within a second is told where the booking is now.
 */
export async function announceBooking(deps: AnnounceDeps, bookingId: string): Promise<void> {
  const booking = await createBookings(deps.store).get(bookingId);
  if (!booking) return;
  const now = nowOf(deps);
  await recountDay(deps, booking, now);
  const message = bookingMessage(booking, deps.publicUrl, now, await phoneToCall(deps, booking));
  // Of what only came along from another record of the same person, they were told under that.
  const wanted = message && booking.carried !== booking.version && !(await isFromBefore(deps, booking));
  const toldNow = wanted ? await createMessages(deps.store).create(message) : false;
  await keepReminders(deps, booking, toldNow && message ? message.dueAt : booking.changedAt);
}

/** What changes of a day that is over changes its figures. */
async function recountDay(
  { store }: AnnounceDeps,
  { slotKind, containerId, date, zone }: BookingItem,
  now: Instant,
): Promise<void> {
  if (slotKind === 'donation' && date < localDateOf(now, zone)) {
    await store.update(recountUpdate(containerId, date, 'day'));
  }
}

/** Whom somebody calls whom a closure has moved, those who closed; and whom an organiser signed up, the event's contact. */
async function phoneToCall(deps: AnnounceDeps, booking: BookingItem): Promise<string | undefined> {
  const { closure, status, bookingId } = booking;
  if (isSignedUpFor(booking)) {
    const event = await createEvents(deps.store).get(booking.containerId);
    return event && dialled(event.contactPhone);
  }
  if (!closure || status !== 'booked') return undefined;
  const move = await createClosures(deps.store).move(closure.id, bookingId);
  const phone = (await deps.sites()).find(({ siteId }) => siteId === move?.siteId)?.phone;
  return phone && dialled(phone);
}

const isSignedUpFor = ({ slotKind, bookedBy, status, version }: BookingItem): boolean =>
  slotKind === 'shift' && bookedBy !== undefined && status === 'booked' && version === 1;

/** Whether it ended in a donation that was loaded from before opening: such are never announced. */
const isFromBefore = async ({ store }: AnnounceDeps, { din }: BookingItem): Promise<boolean> =>
  din !== undefined && (await createDonations(store).byDin(din))?.historical === true;

/** What a booking in this state has its person told, or undefined where that is nothing. */
export function bookingMessage(
  booking: BookingItem,
  publicUrl: string,
  now: Instant,
  phone?: string,
): MessageItem | undefined {
  const told = templateOf(booking, now, phone);
  if (!told) return undefined;
  return newMessage({
    personId: booking.personId,
    template: told.template,
    subject: booking.bookingId,
    version: booking.version,
    scope: booking.containerId,
    zone: booking.zone,
    params: { ...told.params, link: publicUrl + told.page },
    bound: boundTo(keys.booking(booking.bookingId), booking.version),
    now,
    ...(told.dueAt && told.dueAt > now && { dueAt: told.dueAt }),
  });
}

type Told = {
  template: MessageTemplate;
  page: string;
  params: Record<string, string | Localized>;
  /** Not at night, where it can wait. */
  dueAt?: Instant;
};

/** The page that a move's text opens; as short as can be. */
const MOVE_PAGE = '/m';

function templateOf(booking: BookingItem, now: Instant, phone: string | undefined): Told | undefined {
  if (booking.status === 'fulfilled') {
    if (booking.slotKind !== 'donation') return undefined;
    return { template: 'donation-thanked', page: '/donations', params: { day: dayText(booking.date) } };
  }
  // A record that comes late (a replay, a dead letter) announces nothing that is over.
  if (booking.endsAt <= now) return undefined;
  const params = whereAndWhen(booking);
  const kind = booking.slotKind;
  const { closure } = booking;
  if (booking.status === 'booked' && closure?.until) {
    return {
      template: 'donation-moved',
      page: MOVE_PAGE,
      params: {
        ...params,
        was: whenText(closure.was, booking.zone),
        until: untilText(closure, booking.zone),
        ...(phone && { phone }),
        code: closure.code ?? '',
      },
      dueAt: closure.tellAt,
    };
  }
  // Made for somebody who stood at the desk.
  if (booking.status === 'booked' && booking.walkIn && booking.version === 1) return undefined;
  // Back where it was: nothing of what its person was told has changed.
  if (booking.status === 'booked' && booking.step?.action === 'undo') return undefined;
  if (isSignedUpFor(booking)) {
    return { template: 'shift-booked-for', page: '/bookings', params: { ...params, ...(phone && { phone }) } };
  }
  if (booking.status === 'booked') {
    // Only a move leaves a booking booked, so every version but the first is one.
    return { template: `${kind}-${booking.version === 1 ? 'booked' : 'changed'}`, page: '/bookings', params };
  }
  if (booking.status === 'cancelled') {
    if (booking.cancelCause === 'erased') return undefined;
    const closed = booking.cancelCause === 'site-closed';
    return {
      template: `${kind}-cancelled`,
      page: closed ? '/donate' : '/bookings',
      params: { ...params, cause: booking.cancelCause ?? 'staff' },
      ...(closed && closure && { dueAt: closure.tellAt }),
    };
  }
  return undefined;
}

/** Of a time that ends on the day it begins, the hour. */
function untilText({ tellAt, until = tellAt }: { tellAt: Instant; until?: Instant }, zone: string): Localized | string {
  const text = whenText(until, zone);
  return localDateOf(until, zone) === localDateOf(tellAt, zone) ? text.zh.slice(-HOUR) : text;
}
const HOUR = 'HH:MM'.length;
