import type { AccountChangeStatus, Instant, Role } from './vocabulary.ts';

/** A role and what it is of: a site, an organisation, or everything. */
export type Held = { readonly role: Role; readonly scope: string };

/** What the scope of a role names. */
export const SCOPE_OF: Readonly<Record<Role, 'site' | 'organisation' | 'all'>> = {
  staff: 'site',
  organiser: 'organisation',
  auditor: 'all',
  admin: 'all',
};
export const EVERYWHERE = 'ALL';

/**
 * Why somebody may not be given a role, or undefined. Nobody gives themselves one; and whoever reads the log of what all the
 * others do does nothing that stands in it.
 */
export function grantFault(input: {
  readonly by: string;
  readonly to: string;
  readonly held: readonly Held[];
  readonly role: Role;
}): 'own-role' | 'roles-apart' | undefined {
  if (input.by === input.to) return 'own-role';
  const apart = input.held.some(({ role }) => (role === 'auditor') !== (input.role === 'auditor'));
  return apart ? 'roles-apart' : undefined;
}

/** How long another admin has to decide on what one has asked for. */
export const ACCOUNT_CHANGE_HOURS = 24;

export const accountChangeUntil = (askedAt: Instant): Instant =>
  new Date(Date.parse(askedAt) + ACCOUNT_CHANGE_HOURS * 60 * 60_000).toISOString();

type Asked = {
  readonly status: AccountChangeStatus;
  readonly until: Instant;
  readonly askedBy: string;
  readonly personId: string;
};

/** What has become of a request: one that nobody decided on in time is over. */
export const accountChangeState = (asked: Pick<Asked, 'status' | 'until'>, now: Instant) =>
  asked.status === 'asked' && asked.until <= now ? ('expired' as const) : asked.status;

/** Why this admin may not approve it, or undefined: it takes another than who asked, and never whom it is about. */
export function approveFault(asked: Asked, by: string, now: Instant): 'wrong-state' | 'own-request' | undefined {
  if (accountChangeState(asked, now) !== 'asked') return 'wrong-state';
  return by === asked.askedBy || by === asked.personId ? 'own-request' : undefined;
}
