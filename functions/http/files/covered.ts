import type { ImportItem, SiteItem } from '../../../shared/store/items/index.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { FilesDeps } from './deps.ts';

/** A site the caller works at. */
export async function coveredSite(deps: FilesDeps, actor: Actor, siteId: string): Promise<SiteItem> {
  requireSite(actor, siteId);
  const site = await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  return site;
}

/** An import of a site the caller works at. */
export async function coveredImport(
  deps: FilesDeps,
  actor: Actor,
  { siteId, importId }: { siteId: string; importId: string },
): Promise<ImportItem> {
  requireSite(actor, siteId);
  const item = await deps.imports.get(siteId, importId);
  if (!item) throw new ProblemError('not-found');
  return item;
}
