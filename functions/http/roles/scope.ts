import { EVERYWHERE, SCOPE_OF } from '../../../shared/domain/roles.ts';
import type { Role } from '../../../shared/domain/vocabulary.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import type { RoleAnswer } from '../../../shared/store/transactions/change-role.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { RolesDeps } from './deps.ts';

/** The site that a role is of, where it is of one. A scope that the role cannot have, or that is not there, is refused. */
export async function siteOf(deps: RolesDeps, role: Role, scope: string): Promise<SiteItem | undefined> {
  const kind = SCOPE_OF[role];
  if (kind === 'site') {
    const site = await deps.sites.get(scope);
    if (site) return site;
  } else if (kind === 'organisation' ? await deps.roles.organisation(scope) : scope === EVERYWHERE) return undefined;
  throw new ProblemError('invalid-input', { fields: [{ path: 'scope', why: 'not-allowed' }] });
}

/** What somebody holds after a change, or its problem. */
export async function heldAfter(deps: RolesDeps, personId: string, answer: RoleAnswer) {
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  return { personId, roles: (await deps.roles.of(personId)).map(({ role, scope }) => ({ role, scope })) };
}
