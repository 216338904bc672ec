import type { GuardianItem } from '../../../shared/store/items/index.ts';
import type { GuardianAnswer } from '../../../shared/store/transactions/guardian-consent.ts';
import { ProblemError } from '../../runtime/problem.ts';

/** What was done, or the problem that says why not. */
export function answered(answer: GuardianAnswer): GuardianItem {
  switch (answer.kind) {
    case 'done':
      return answer.item;
    case 'of-age':
      throw new ProblemError('guardian-not-needed');
    case 'no-birth-date':
      throw new ProblemError('birth-date-missing');
    case 'no-name':
      throw new ProblemError('own-name-missing');
    case 'own-number':
      throw new ProblemError('invalid-input', { fields: [{ path: 'phone', why: 'own-number' }] });
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    default:
      throw new ProblemError(answer.kind);
  }
}
