import type { StepAnswer } from '../../../shared/store/transactions/take-step.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { DonationsDeps } from './deps.ts';
import { oneEntry } from './roster-entry.ts';

/** The line of the board after a step, or the problem that kept it from being taken. */
export async function stepped(deps: DonationsDeps, answer: StepAnswer) {
  switch (answer.kind) {
    case 'done':
      return await oneEntry(deps, answer.booking);
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    case 'changed':
      throw new ProblemError('changed-meanwhile');
    case 'too-late':
      throw new ProblemError('undo-over');
    default:
      throw new ProblemError(answer.kind);
  }
}
