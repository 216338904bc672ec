import type * as z from 'zod';
import type { RosterLine } from '../../../shared/contract/events.ts';
import { isUnderAge } from '../../../shared/domain/guardian.ts';
import { createCovers } from '../../../shared/store/covers.ts';
import { guardiansOf } from '../../../shared/store/guardians.ts';
import type { BookingItem, EventItem, GuardianItem, LockItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { unpackLock } from '../../../shared/store/lock.ts';
import type { EventsDeps } from './deps.ts';
import { heldView } from './views.ts';

/** As many as one read answers of. */
const AT_ONCE = 100;

/** What an organiser sees of those who have a place, in their order; the caller records the read. */
export async function rosterLines(
  deps: EventsDeps,
  event: EventItem,
  bookings: readonly BookingItem[],
): Promise<z.input<typeof RosterLine>[]> {
  const asked = await createCovers(deps.store).asked(event.eventId);
  const seeking = new Set(asked.map(({ cover }) => cover.bookingId));
  const lines: z.input<typeof RosterLine>[] = [];
  for (let from = 0; from < bookings.length; from += AT_ONCE) {
    lines.push(...(await linesOf(deps, event, bookings.slice(from, from + AT_ONCE), seeking)));
  }
  return lines;
}

async function linesOf(
  deps: EventsDeps,
  event: EventItem,
  bookings: readonly BookingItem[],
  seeking: ReadonlySet<string>,
): Promise<z.input<typeof RosterLine>[]> {
  const ids = bookings.map(({ personId }) => personId);
  const [people, locks] = await Promise.all([
    deps.people.profiles(ids),
    deps.store.batchGet(ids.map(keys.lock)) as Promise<(LockItem | undefined)[]>,
  ]);
  const minors = new Set(
    bookings.filter(({ date, status }, n) => {
      const birthDate = locks[n]?.birthDate;
      return status !== 'cancelled' && birthDate !== undefined && isUnderAge(birthDate, date);
    }),
  );
  const guardians = await guardiansOf(
    deps.store,
    [...minors].map(({ personId }) => personId),
    event.organisationId,
  );
  return bookings.map((booking, n) => {
    const lock = locks[n];
    return {
      bookingId: booking.bookingId,
      shiftId: booking.shiftId ?? '',
      status: booking.status,
      name: people[n]?.name ?? '',
      phoneLast4: people[n]?.phone?.slice(-4) ?? '',
      ...(booking.team && { team: booking.team.name }),
      ...(seeking.has(booking.bookingId) && { seeksCover: true }),
      ...(minors.has(booking) && { underAge: true, ...guardianOf(guardians.get(booking.personId)) }),
      qualifications: heldView((lock && unpackLock(lock).facts.qualifications) ?? []),
      startsAt: booking.startsAt,
      endsAt: booking.endsAt,
    };
  });
}

/** Whom to call, also where somebody is there whose guardian has just said that they no longer agree. */
function guardianOf(item: GuardianItem | undefined): Pick<z.input<typeof RosterLine>, 'guardian'> {
  if (!item) return {};
  const { guardian: name, relation, phone, status } = item;
  return { guardian: { name, relation, ...(phone && { phone }), agrees: status === 'given' } };
}
