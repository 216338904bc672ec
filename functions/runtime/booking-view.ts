import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { Booking } from '../../shared/contract/bookings.ts';
import { passCode } from '../../shared/domain/pass-code.ts';
import { changeableUntil } from '../../shared/store/bookings.ts';
import type { BookingItem } from '../../shared/store/items/index.ts';
import { splitBookingId } from '../../shared/store/keys.ts';

/** A booking as its owner sees it. */
export const bookingView = (item: BookingItem): z.input<typeof Booking> => ({
  bookingId: item.bookingId,
  slotId: item.slotId,
  kind: item.slotKind,
  status: item.status,
  cancelCause: item.cancelCause,
  containerId: item.containerId,
  place: item.place,
  address: item.address,
  procedure: item.procedure,
  role: item.role,
  startsAt: item.startsAt,
  endsAt: item.endsAt,
  date: item.date,
  zone: item.zone,
  changeableUntil: changeableUntil(item),
  version: item.version,
  ...(item.closure && { moved: { was: item.closure.was } }),
  passCode: passCodeOf(item),
  ...(item.attended && { attended: item.attended }),
  // A digest: a calendar, and whoever it is shared with, learns no id that means anything here.
  calendarUid: createHash('sha256').update(item.bookingId).digest('hex').slice(0, 32),
});

export const passCodeOf = ({ bookingId }: Pick<BookingItem, 'bookingId'>): string =>
  passCode(splitBookingId(bookingId).suffix);
