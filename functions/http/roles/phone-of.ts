import { phoneTyped } from '../../../shared/domain/phone.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { RolesDeps } from './deps.ts';

/** A number as an admin typed it, dialled as it is where the sites are. */
export async function phoneOf(deps: RolesDeps, typed: string): Promise<string> {
  const [site] = await deps.sites.list();
  const phone = phoneTyped(typed, site?.phone ?? '');
  if (!phone) throw new ProblemError('invalid-input', { fields: [{ path: 'phone', why: 'no-number' }] });
  return phone;
}
