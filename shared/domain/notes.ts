import { isHere } from './booking-states.ts';
import type { BookingStatus, Instant, NoteAudience } from './vocabulary.ts';

/** Whether what an organiser wrote at an instant is for whoever has this place. Nobody is told of a shift they took later. */
export function isAddressed(
  to: NoteAudience,
  {
    status,
    startsAt,
    createdAt,
  }: { readonly status: BookingStatus; readonly startsAt: Instant; readonly createdAt: Instant },
  at: Instant,
): boolean {
  if (createdAt > at) return false;
  const here = isHere(status);
  if (to === 'here') return here;
  return status === 'booked' ? to === 'signed-up' || startsAt <= at : here && to === 'signed-up';
}
