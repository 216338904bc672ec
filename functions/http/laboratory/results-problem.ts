import type { ResultsAnswer } from '../../../shared/store/transactions/record-results.ts';
import { ProblemError } from '../../runtime/problem.ts';

/** Why results were not recorded, as its problem. */
export function resultsProblem(answer: Exclude<ResultsAnswer, { kind: 'done' }>): ProblemError {
  switch (answer.kind) {
    case 'master':
    case 'nothing-new':
      throw new Error('only of a file');
    case 'key-reused':
      return new ProblemError('idempotency-key-reused');
    case 'bad-result':
      return new ProblemError('invalid-input', { fields: [{ path: `found.${answer.test}`, why: 'not-allowed' }] });
    default:
      return new ProblemError(answer.kind);
  }
}
