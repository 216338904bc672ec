import type * as z from 'zod';
import type { RosterEntry } from '../../../shared/contract/donations.ts';
import { undoableUntil } from '../../../shared/domain/booking-states.ts';
import type { BookingItem, ProfileItem } from '../../../shared/store/items/index.ts';
import type { DonationsDeps } from './deps.ts';

type Entry = z.input<typeof RosterEntry>;

/** The bookings' lines, with the donors and whoever of the staff did something last. */
export async function rosterEntries({ people }: DonationsDeps, bookings: readonly BookingItem[]): Promise<Entry[]> {
  const ids = new Set(bookings.flatMap(({ personId, step }) => (step?.by ? [personId, step.by] : [personId])));
  const known = new Map((await people.profiles([...ids])).map((person) => [person?.personId, person]));
  return bookings.map((booking) => rosterEntry(booking, known.get(booking.personId), known.get(booking.step?.by)));
}

export async function oneEntry(deps: DonationsDeps, booking: BookingItem): Promise<Entry> {
  const [donor, staff] = await Promise.all([
    deps.people.profile(booking.personId),
    booking.step?.by ? deps.people.profile(booking.step.by) : undefined,
  ]);
  return rosterEntry(booking, donor, staff);
}

/** As much of a donor as the desk needs to know whom it has before it: a name and the end of a number. */
const rosterEntry = (booking: BookingItem, donor: ProfileItem | undefined, staff: ProfileItem | undefined): Entry => ({
  bookingId: booking.bookingId,
  status: booking.status,
  name: donor?.name ?? '',
  phoneLast4: donor?.phone?.slice(-4) ?? '',
  procedure: booking.procedure ?? 'whole-blood',
  startsAt: booking.startsAt,
  endsAt: booking.endsAt,
  zone: booking.zone,
  firstTime: booking.firstTime,
  din: booking.din,
  ...(booking.step && {
    step: {
      at: booking.step.at,
      action: booking.step.action,
      ...(staff?.name && { by: staff.name }),
      undoUntil: undoableUntil(booking.step),
    },
  }),
  knownBy: booking.knownBy,
  version: booking.version,
});
