import type { CallAnswer } from '../../../shared/store/calls/begin-call.ts';
import type { CallItem } from '../../../shared/store/items/index.ts';
import { ProblemError } from '../../runtime/problem.ts';

/** The call, or the problem that it met. */
export function answered(answer: CallAnswer): CallItem {
  switch (answer.kind) {
    case 'done':
      return answer.call;
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    default:
      throw new ProblemError(answer.kind);
  }
}
