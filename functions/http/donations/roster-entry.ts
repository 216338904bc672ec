import type * as z from 'zod';
import type { RosterEntry } from '../../../shared/contract/donations.ts';
import { undoableUntil } from '../../../shared/domain/booking-states.ts';
import type { BookingItem, ProfileItem } from '../../../shared/store/items/index.ts';
import type { DonationsDeps } from './deps.ts';

type Entry = z.input<typeof RosterEntry>;

/** The bookings' lines, with the donors and whoever of the staff did something with them. */
export async function rosterEntries({ people }: DonationsDeps, bookings: readonly BookingItem[]): Promise<Entry[]> {
  const ids = new Set(
    bookings.flatMap(({ personId, step, late }) => [personId, step?.by, late?.by].filter((id) => id !== undefined)),
  );
  const known = new Map((await people.profiles([...ids])).map((person) => [person?.personId, person]));
  return bookings.map((booking) => rosterEntry(booking, known));
}

export async function oneEntry(deps: DonationsDeps, booking: BookingItem): Promise<Entry> {
  const [entry] = await rosterEntries(deps, [booking]);
  return entry as Entry;
}

/** As much of a donor as the desk needs to know whom it has before it: a name and the end of a number. */
const rosterEntry = (booking: BookingItem, known: ReadonlyMap<string | undefined, ProfileItem | undefined>): Entry => ({
  bookingId: booking.bookingId,
  personId: booking.personId,
  status: booking.status,
  name: known.get(booking.personId)?.name ?? '',
  phoneLast4: known.get(booking.personId)?.phone?.slice(-4) ?? '',
  procedure: booking.procedure ?? 'whole-blood',
  startsAt: booking.startsAt,
  endsAt: booking.endsAt,
  zone: booking.zone,
  firstTime: booking.firstTime,
  walkIn: booking.walkIn ?? false,
  ...(booking.late && { late: { at: booking.late.at, by: known.get(booking.late.by)?.name } }),
  din: booking.din,
  ...(booking.step && {
    step: {
      at: booking.step.at,
      action: booking.step.action,
      by: booking.step.by && known.get(booking.step.by)?.name,
      undoUntil: undoableUntil(booking.step),
    },
  }),
  knownBy: booking.knownBy,
  version: booking.version,
});
