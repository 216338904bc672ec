import { isHere } from './booking-states.ts';
import type { BookingStatus, Instant, NoteAudience } from './vocabulary.ts';

/** A place in a shift, as far as what an organiser has to say concerns it. */
export type Addressed = {
  readonly status: BookingStatus;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly createdAt: Instant;
};

/** Whether what an organiser wrote at an instant is for whoever has this place. Nobody is told of a shift they took later. */
export function isAddressed(
  to: NoteAudience,
  { status, startsAt, endsAt, createdAt }: Addressed,
  at: Instant,
): boolean {
  if (createdAt > at) return false;
  if (to === 'here') return isHere(status);
  if (to === 'absent') return (status === 'booked' || status === 'noshow') && startsAt <= at && at < endsAt;
  return status === 'booked' || isHere(status);
}
