import type { HoursRequestItem } from '../../../shared/store/items/index.ts';
import type { AskAnswer } from '../../../shared/store/transactions/ask-hours.ts';
import { ProblemError } from '../../runtime/problem.ts';

/** The request that was made; throws what kept it from being made. */
export function asked(answer: AskAnswer): HoursRequestItem {
  if (answer.kind === 'done') return answer.request;
  throw new ProblemError(answer.kind === 'key-reused' ? 'idempotency-key-reused' : answer.kind);
}
