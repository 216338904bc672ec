import { parseDin } from '../../../shared/domain/din.ts';
import type { Chain } from '../../../shared/store/donations.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { UnitsDeps } from './deps.ts';

/** A site the caller works at. */
export async function coveredSite(deps: UnitsDeps, actor: Actor, siteId: string): Promise<SiteItem> {
  requireSite(actor, siteId);
  const site = await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  return site;
}

/**
 * The chain of a donation taken at a site the caller works at. The number may be given as stored, as scanned, or as typed
 * from the label.
 */
export async function coveredChain(
  deps: UnitsDeps,
  actor: Actor,
  given: string,
): Promise<{ chain: Chain; site: SiteItem }> {
  const read = parseDin(given, 'isbt128');
  const chain = await deps.donations.chain(read.ok ? read.din : given.replaceAll(/\s/g, '').toUpperCase());
  if (!chain) throw new ProblemError('not-found');
  return { chain, site: await coveredSite(deps, actor, chain.din.siteId) };
}
