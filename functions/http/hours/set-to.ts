import type { SettingAnswer } from '../../../shared/store/hours.ts';
import { ProblemError } from '../../runtime/problem.ts';

/** What was set; throws what kept it from being. */
export function setTo<T>(answer: SettingAnswer<T>): T {
  if (answer.kind === 'done') return answer.item;
  throw new ProblemError(answer.kind === 'key-reused' ? 'idempotency-key-reused' : 'changed-meanwhile');
}
