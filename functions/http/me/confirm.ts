import type { SecondFact } from '../../../shared/store/second-fact.ts';
import type { Idempotency } from '../../runtime/idempotency.ts';
import { type FieldError, ProblemError } from '../../runtime/problem.ts';
import type { MeDeps } from './deps.ts';

/** Both halves of a second fact, or undefined for neither; one alone is a mistake. */
export function secondFactOf(body: {
  birthDate?: string | undefined;
  lastFour?: string | undefined;
}): SecondFact | undefined {
  const { birthDate, lastFour } = body;
  if (birthDate !== undefined && lastFour !== undefined) return { birthDate, lastFour };
  if (birthDate === undefined && lastFour === undefined) return undefined;
  const missing: FieldError = { path: birthDate === undefined ? 'birthDate' : 'lastFour', why: 'missing' };
  throw new ProblemError('invalid-input', { fields: [missing] });
}

/** Throws once today's tries of a number are used up, whether there is anything to be found or not. */
export async function countTry(deps: MeDeps, phone: string, idempotency: Idempotency): Promise<void> {
  const may = await deps.secondFacts.mayTry(phone, idempotency);
  if (may === 'used-up') throw new ProblemError('tries-used-up');
  if (may === 'key-reused') throw new ProblemError('idempotency-key-reused');
}
