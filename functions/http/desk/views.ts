import type * as z from 'zod';
import type { DeskBooking, DeskPerson } from '../../../shared/contract/desk.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import { refusalSentence } from '../../../shared/domain/refusal-sentences.ts';
import type { Language } from '../../../shared/domain/vocabulary.ts';
import type { BookingItem, ProfileItem } from '../../../shared/store/items/index.ts';

export const personView = (profile: ProfileItem): z.input<typeof DeskPerson> => ({
  personId: profile.personId,
  name: profile.name ?? '',
  phoneLast4: profile.phone?.slice(-4) ?? '',
  birthDate: profile.birthDate,
  sex: profile.sex,
});

export const bookingView = (booking: BookingItem): z.input<typeof DeskBooking> => ({
  bookingId: booking.bookingId,
  slotId: booking.slotId,
  siteId: booking.containerId,
  place: booking.place,
  procedure: booking.procedure ?? 'whole-blood',
  startsAt: booking.startsAt,
  endsAt: booking.endsAt,
  date: booking.date,
  zone: booking.zone,
  status: booking.status,
  version: booking.version,
});

/** A reason in the reader's words. */
export const reasonView = ({ params, cause: _, ...reason }: Refusal, language: Language) => ({
  ...reason,
  sentence: refusalSentence({ ...reason, ...(params && { params }) }, language),
});
