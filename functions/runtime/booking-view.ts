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

type Holder = Pick<BookingItem, 'bookingId' | 'carriedFrom'>;

/** What the pass of a booking's person says: one code of theirs, whatever they have booked. */
export const passCodeOf = ({ bookingId }: Pick<BookingItem, 'bookingId'>): string =>
  passCodeOfPerson(splitBookingId(bookingId).personId);

export const passCodeOfPerson = (personId: string): string =>
  passCode(createHash('sha256').update(`pass ${personId}`).digest('hex').slice(0, 16));

/** Codes of passes that are read as well: of a booking alone, kept as a picture; and of a record that has become part of this one. */
export const formerCodesOf = ({ bookingId, carriedFrom }: Holder): string[] => [
  passCode(splitBookingId(bookingId).suffix),
  ...(carriedFrom === undefined ? [] : [passCodeOfPerson(carriedFrom)]),
];

/** Whether a code, in its one form, is that of a pass that this booking's person may show. */
export const isPassOf = (code: string, booking: Holder): boolean =>
  code === passCodeOf(booking) || formerCodesOf(booking).includes(code);
