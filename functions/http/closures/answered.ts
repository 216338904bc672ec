import type { ClosureItem } from '../../../shared/store/items/index.ts';
import type { ClosureAnswer } from '../../../shared/store/transactions/begin-closure.ts';
import { ProblemError } from '../../runtime/problem.ts';

/** The closure after a step, or the problem that kept it from being taken. */
export function answered(answer: ClosureAnswer): ClosureItem {
  switch (answer.kind) {
    case 'done':
      return answer.closure;
    case 'changed':
      throw new ProblemError('changed-meanwhile');
    case 'wrong-state':
      throw new ProblemError('wrong-state');
    case 'not-found':
      throw new ProblemError('not-found');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
  }
}
