import type * as z from 'zod';
import type { precheck } from '../../../shared/contract/precheck.ts';
import type { DeclareAnswer } from '../../../shared/store/transactions/declare-elsewhere.ts';
import { elsewhereView } from '../../runtime/elsewhere-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { PrecheckDeps } from './deps.ts';

type Routes = (typeof precheck)['routes'];
type View = z.input<Routes['GET /api/precheck/elsewhere']['output']>;
type Body = z.output<Routes['POST /api/precheck/elsewhere']['body']>;

/** Units are of platelets, and platelets come in units. */
export function whole(donation: Body): Body {
  const wanted = donation.procedure === 'platelets';
  if (wanted === (donation.platelets !== undefined)) return donation;
  throw new ProblemError('invalid-input', { fields: [{ path: 'platelets', why: wanted ? 'missing' : 'not-allowed' }] });
}

export function refuseAhead(date: string, today: string): void {
  if (date > today) throw new ProblemError('invalid-input', { fields: [{ path: 'date', why: 'too-late' }] });
}

export async function answered(deps: PrecheckDeps, personId: string, answer: DeclareAnswer): Promise<View> {
  switch (answer) {
    case 'done':
      return await all(deps, personId);
    case 'same-day':
      throw new ProblemError('invalid-input', { fields: [{ path: 'date', why: 'repeated' }] });
    case 'too-many':
      throw new ProblemError('too-many-declared');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    default:
      throw new ProblemError(answer);
  }
}

/** Everything the person has declared, as it now stands. */
export const all = async (deps: PrecheckDeps, personId: string): Promise<View> => ({
  items: (await deps.declared.elsewhere(personId)).map(elsewhereView),
});
