import type * as z from 'zod';
import type { Insured } from '../../../shared/contract/insurance.ts';
import type { InsuredAnswer } from '../../../shared/store/insured.ts';
import type { InsuredItem } from '../../../shared/store/items/index.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { InsuranceDeps } from './deps.ts';

/** What was done, or the problem that says why not. */
export function answered(answer: InsuredAnswer): InsuredItem | undefined {
  if (answer.kind === 'done') return answer.item;
  throw new ProblemError(answer.kind === 'key-reused' ? 'idempotency-key-reused' : answer.kind);
}

export async function insuredView(
  deps: InsuranceDeps,
  item: InsuredItem | undefined,
): Promise<z.input<typeof Insured>> {
  const document = item && (await deps.insured.shown(item));
  return document ? { document, at: item.at, byOrganiser: item.by !== item.personId } : {};
}
