import type { BookingItem } from '../../../shared/store/items/index.ts';
import type { Actor } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { BookingsDeps } from './deps.ts';

/** The caller's own booking. Another's is answered like one that does not exist, so that ids tell nothing. */
export async function own(deps: BookingsDeps, actor: Actor, bookingId: string): Promise<BookingItem> {
  const booking = await deps.bookings.get(bookingId);
  if (!booking || booking.personId !== actor.personId) throw new ProblemError('not-found');
  return booking;
}
