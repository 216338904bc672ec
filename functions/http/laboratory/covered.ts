import { packFor } from '../../../shared/policy/index.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import type { DinItem, SiteItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { LaboratoryDeps } from './deps.ts';

/** A site the caller works at. */
export async function coveredSite(deps: LaboratoryDeps, actor: Actor, siteId: string): Promise<SiteItem> {
  requireSite(actor, siteId);
  const site = await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  return site;
}

/** A donation taken at a site the caller works at. */
export async function coveredDonation(
  deps: LaboratoryDeps,
  actor: Actor,
  din: string,
): Promise<{ donation: DinItem; site: SiteItem }> {
  const donation = await deps.donations.byDin(din);
  if (!donation) throw new ProblemError('not-found');
  return { donation, site: await coveredSite(deps, actor, donation.siteId) };
}

/** Records that somebody looks at results, before they are shown them. */
export async function audited(
  deps: LaboratoryDeps,
  { actor, site, action, subjects }: { actor: Actor; site: SiteItem; action: string; subjects: readonly string[] },
): Promise<void> {
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action,
      scope: site.siteId,
      zone: site.zone,
      at: nowOf(deps),
      subjects: [...new Set(subjects)],
      id: deps.newId(),
    }),
  );
}

/** The rules that were in force when a donation was given. */
export const packOf = (site: SiteItem, date: string) => packFor(site.pack, date);
