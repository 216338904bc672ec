import type * as z from 'zod';
import type { Doubt } from '../../../shared/contract/doubts.ts';
import { printDin } from '../../../shared/domain/din.ts';
import type { DinItem, DoubtItem, SiteItem } from '../../../shared/store/items/index.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { DoubtsDeps } from './deps.ts';

export async function coveredSite(deps: DoubtsDeps, actor: Actor, siteId: string): Promise<SiteItem> {
  requireSite(actor, siteId);
  const site = await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  return site;
}

/** Each doubt with the names of those who have said something of it. */
export async function doubtViews(
  deps: DoubtsDeps,
  site: SiteItem,
  found: readonly { doubt: DoubtItem; donation: DinItem }[],
): Promise<z.input<typeof Doubt>[]> {
  const actors = [...new Set(found.flatMap(({ doubt }) => doubt.verdicts.map(({ by }) => by)))];
  const profiles = await deps.people.profiles(actors);
  const names = new Map(actors.map((id, n) => [id, profiles[n]?.name ?? id]));
  return found.map(({ doubt: { doubt: kind, ...doubt }, donation }) => ({
    ...doubt,
    kind,
    dinPrinted: printDin(doubt.din, site.dinScheme),
    date: donation.date,
    verdicts: doubt.verdicts.map((each) => ({ ...each, by: names.get(each.by) ?? each.by })),
  }));
}
