import type { RoleItem } from '../../shared/store/items/index.ts';
import { ProblemError } from './problem.ts';

/** Whoever is calling. Roles are read from the table for each request of a route that needs one. */
export type Actor = {
  readonly personId: string;
  readonly roles: readonly RoleItem[];
  /** When the device that calls was last noted to be theirs; absent for a local deployment's token. */
  readonly seenAt?: string;
};

/** Throws `forbidden` unless the caller is staff of this site. */
export function requireSite(actor: Actor, siteId: string): void {
  if (!actor.roles.some(({ role, scope }) => role === 'staff' && scope === siteId)) throw new ProblemError('forbidden');
}

/** Throws `forbidden` unless the caller organises for this organisation. */
export function requireOrganisation(actor: Actor, organisationId: string): void {
  if (!actor.roles.some(({ role, scope }) => role === 'organiser' && scope === organisationId)) {
    throw new ProblemError('forbidden');
  }
}
