import type * as z from 'zod';
import type { DocumentInput } from '../../../shared/contract/common.ts';
import { differsFrom, type IdentityDocument, parseDocument } from '../../../shared/domain/identity-document.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { InsuranceDeps } from './deps.ts';

/** A document as typed of somebody. One that says another birth date or sex than their profile is a slip of the hand, or somebody else's. */
export async function documentOf(
  deps: InsuranceDeps,
  personId: string,
  { type, number }: z.output<typeof DocumentInput>,
): Promise<IdentityDocument> {
  const wrong = (why: 'malformed' | 'mistyped' | 'differs') =>
    new ProblemError('invalid-input', { fields: [{ path: 'document.number', why }] });
  const parsed = parseDocument(type, number, nowOf(deps).slice(0, 10));
  if (!parsed.ok) throw wrong(parsed.why);
  const profile = await deps.people.profile(personId);
  if (!profile) throw new ProblemError('not-found');
  if (differsFrom(parsed.document, profile).length > 0) throw wrong('differs');
  return parsed.document;
}
