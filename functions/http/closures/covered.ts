import { auditItem } from '../../../shared/store/audit.ts';
import type { ClosureItem, SiteItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { ClosuresDeps } from './deps.ts';

/** A site the caller works at. */
export async function coveredSite(deps: ClosuresDeps, actor: Actor, siteId: string): Promise<SiteItem> {
  requireSite(actor, siteId);
  const site = await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  return site;
}

export async function coveredClosure(
  deps: ClosuresDeps,
  actor: Actor,
  { siteId, closureId }: { siteId: string; closureId: string },
): Promise<{ site: SiteItem; closure: ClosureItem }> {
  const site = await coveredSite(deps, actor, siteId);
  const closure = await deps.closures.get(siteId, closureId);
  if (!closure) throw new ProblemError('not-found');
  return { site, closure };
}

/** What is recorded of somebody who looks at, or acts for, people whom a closure moves. */
export const auditOf = (deps: ClosuresDeps, site: SiteItem, by: string, action: string, subjects: readonly string[]) =>
  auditItem({
    by,
    action,
    scope: site.siteId,
    zone: site.zone,
    at: nowOf(deps),
    subjects: [...new Set(subjects)],
    id: deps.newId(),
  });
