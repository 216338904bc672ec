import type { WaitItem } from '../../../shared/store/items/index.ts';
import type { WaitAnswer } from '../../../shared/store/transactions/answer-offer.ts';
import { ProblemError } from '../../runtime/problem.ts';

/** The wait after a step, or the problem that kept it from being taken. */
export function answered(answer: WaitAnswer): WaitItem {
  switch (answer.kind) {
    case 'done':
      return answer.wait;
    case 'refused':
      throw new ProblemError('refused', { reasons: answer.reasons });
    case 'wrong-state':
      throw new ProblemError('wrong-state');
    case 'not-found':
      throw new ProblemError('not-found');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
  }
}
