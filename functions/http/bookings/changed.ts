import type { BookingItem } from '../../../shared/store/items/index.ts';
import type { RescheduleAnswer } from '../../../shared/store/transactions/reschedule.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { refused } from '../../runtime/refused.ts';
import type { BookingsDeps } from './deps.ts';

/** The booking after a change, or the problem that kept it from being changed. */
export async function changed(deps: BookingsDeps, answer: RescheduleAnswer, bookingId: string): Promise<BookingItem> {
  switch (answer.kind) {
    case 'done':
      return answer.booking;
    case 'refused':
      throw await refused(deps, answer, bookingId);
    case 'wrong-state':
      throw new ProblemError('wrong-state');
    case 'no-slot':
    case 'not-found':
      throw new ProblemError('not-found');
    case 'other-kind':
      throw new ProblemError('invalid-input', { fields: [{ path: 'slotId', why: 'not-allowed' }] });
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
  }
}
