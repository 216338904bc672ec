import { parseDin } from '../../../shared/domain/din.ts';
import type { DinItem, RecallItem, SiteItem } from '../../../shared/store/items/index.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { RecallsDeps } from './deps.ts';

export async function coveredSite(deps: RecallsDeps, actor: Actor, siteId: string): Promise<SiteItem> {
  requireSite(actor, siteId);
  const site = await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  return site;
}

/** A donation taken at a site the caller works at, by its number as stored, scanned or typed from the label. */
export async function coveredDonation(
  deps: RecallsDeps,
  actor: Actor,
  given: string,
): Promise<{ donation: DinItem; site: SiteItem }> {
  const read = parseDin(given, 'isbt128');
  const donation = await deps.donations.byDin(read.ok ? read.din : given.replaceAll(/\s/g, '').toUpperCase());
  if (!donation) throw new ProblemError('not-found');
  return { donation, site: await coveredSite(deps, actor, donation.siteId) };
}

export async function coveredRecall(
  deps: RecallsDeps,
  actor: Actor,
  { siteId, recallId }: { siteId: string; recallId: string },
): Promise<{ recall: RecallItem; site: SiteItem }> {
  const site = await coveredSite(deps, actor, siteId);
  const recall = await deps.recalls.get(siteId, recallId);
  if (!recall) throw new ProblemError('not-found');
  return { recall, site };
}
