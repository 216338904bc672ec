import type { BookingItem } from '../../../shared/store/items/index.ts';
import { bookingId, splitBookingId } from '../../../shared/store/keys.ts';
import { presentId } from '../../../shared/store/merge/merges.ts';
import type { Actor } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { BookingsDeps } from './deps.ts';

/**
 * The caller's own booking. Another's is answered like one that does not exist, so that ids tell nothing. A link to it from
 * before the caller's two records became one leads to it still.
 */
export async function own(deps: BookingsDeps, actor: Actor, id: string): Promise<BookingItem> {
  const booking = await deps.bookings.get(await presentBooking(deps, actor, id));
  if (!booking || booking.personId !== actor.personId) throw new ProblemError('not-found');
  return booking;
}

async function presentBooking(deps: BookingsDeps, actor: Actor, id: string): Promise<string> {
  const { personId, suffix } = splitBookingId(id);
  if (personId === actor.personId) return id;
  return bookingId(await presentId(deps.store, personId), suffix);
}
