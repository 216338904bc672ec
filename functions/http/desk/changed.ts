import type { BookingItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RescheduleAnswer } from '../../../shared/store/transactions/reschedule.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { refused } from '../../runtime/refused.ts';
import type { DeskDeps } from './deps.ts';

/** What is over is a no-show or a row of a day on paper, not a change of plans. */
export async function changeable(deps: DeskDeps, booking: BookingItem): Promise<BookingItem> {
  if (booking.status === 'booked' && booking.endsAt <= nowOf(deps)) throw new ProblemError('wrong-state');
  return booking;
}

/** The booking after a change, or the problem that kept it from being changed. */
export async function changed(deps: DeskDeps, answer: RescheduleAnswer, bookingId: string): Promise<BookingItem> {
  switch (answer.kind) {
    case 'done':
      return answer.booking;
    case 'refused':
      throw await refused(deps, answer, bookingId);
    case 'no-slot':
      throw new ProblemError('not-found');
    case 'other-kind':
      throw new ProblemError('invalid-input', { fields: [{ path: 'slotId', why: 'not-allowed' }] });
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    default:
      throw new ProblemError(answer.kind);
  }
}
