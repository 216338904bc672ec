import type { SiteItem } from '../../../shared/store/items/index.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { WaitingDeps } from './deps.ts';

/** A site the caller works at. */
export async function coveredSite(deps: WaitingDeps, actor: Actor, siteId: string): Promise<SiteItem> {
  requireSite(actor, siteId);
  const site = await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  return site;
}
