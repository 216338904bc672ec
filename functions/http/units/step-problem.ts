import type { StepAnswer } from '../../../shared/store/transactions/move-unit.ts';
import { ProblemError } from '../../runtime/problem.ts';

/** Why a step was not taken, as its problem. */
export function stepProblem(answer: Exclude<StepAnswer, { kind: 'done' }>): ProblemError {
  switch (answer.kind) {
    case 'key-reused':
      return new ProblemError('idempotency-key-reused');
    case 'missing':
      return new ProblemError('invalid-input', { fields: [{ path: answer.field, why: 'missing' }] });
    case 'cannot-be-made':
      return new ProblemError('invalid-input', { fields: [{ path: 'components', why: 'not-allowed' }] });
    case 'not-with-this-action':
      return new ProblemError('invalid-input', { fields: [{ path: answer.field, why: 'not-allowed' }] });
    case 'other-hospital':
      // The unit stands issued, only not to them: the field says what does not fit.
      return new ProblemError('wrong-state', { fields: [{ path: 'hospital', why: 'not-allowed' }] });
    default:
      return new ProblemError(answer.kind);
  }
}
