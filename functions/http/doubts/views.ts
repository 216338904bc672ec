import type * as z from 'zod';
import type { Doubt } from '../../../shared/contract/doubts.ts';
import { printDin } from '../../../shared/domain/din.ts';
import { groupText, ownGroup } from '../../../shared/domain/laboratory.ts';
import type { DinItem, DoubtItem, LaboratoryItem, SiteItem } from '../../../shared/store/items/index.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { colleagues } from '../../runtime/colleagues.ts';
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
  const nameOf = await colleagues(
    deps.people,
    found.flatMap(({ doubt }) => doubt.verdicts.map(({ by }) => by)),
  );
  const grouped = found.filter(({ doubt }) => doubt.doubt === 'group-differs').map(({ donation }) => donation);
  const records = await deps.laboratory.ofMany(grouped, 'results');
  const results = new Map(records.flatMap(({ results: item }) => (item ? [[item.din, item] as const] : [])));
  return found.map(({ doubt: { doubt: kind, ...doubt }, donation }) => ({
    ...doubt,
    kind,
    ...(kind === 'group-differs' && groupsOf(doubt, results.get(doubt.din))),
    dinPrinted: printDin(doubt.din, site.dinScheme),
    date: donation.date,
    verdicts: doubt.verdicts.map((each) => ({ ...each, by: nameOf(each.by) ?? '' })),
  }));
}

/** Which group was found and which was reported: known to the private table, and told to whoever settles it. */
function groupsOf({ evidence }: Pick<DoubtItem, 'evidence'>, results: LaboratoryItem | undefined) {
  const found = ownGroup(results?.entries ?? []);
  const reported = results?.reported?.[evidence.at(-1)?.unitId ?? ''];
  return found && reported ? { groups: { found: groupText(found), reported: groupText(reported) } } : {};
}
