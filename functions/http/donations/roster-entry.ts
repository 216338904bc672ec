import type * as z from 'zod';
import type { RosterEntry } from '../../../shared/contract/donations.ts';
import type { BookingItem, ProfileItem } from '../../../shared/store/items/index.ts';

/** As much of a donor as the desk needs to know whom it has before it: a name and the end of a number. */
export const rosterEntry = (booking: BookingItem, donor: ProfileItem | undefined): z.input<typeof RosterEntry> => ({
  bookingId: booking.bookingId,
  status: booking.status,
  name: donor?.name ?? '',
  phoneLast4: donor?.phone.slice(-4) ?? '',
  procedure: booking.procedure ?? 'whole-blood',
  startsAt: booking.startsAt,
  endsAt: booking.endsAt,
  zone: booking.zone,
  firstTime: booking.firstTime,
  din: booking.din,
  version: booking.version,
});
