import { addSpan } from '../../../shared/domain/dates.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import type { IssueItem, SiteItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { Actor } from '../../runtime/actor.ts';
import type { DoubtsDeps } from './deps.ts';
import { coveredSite } from './views.ts';

/** What a site issued since so many months ago, oldest first; that somebody looks is recorded before. */
export async function issuedSince(
  deps: DoubtsDeps,
  actor: Actor,
  { siteId, months }: { siteId: string; months: string },
): Promise<{ site: SiteItem; issued: IssueItem[]; from: string; today: string }> {
  const site = await coveredSite(deps, actor, siteId);
  const today = localDateOf(nowOf(deps), site.zone);
  const from = addSpan(today, { value: -Number(months), unit: 'month' });
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'hospitals-read',
      scope: site.siteId,
      zone: site.zone,
      at: nowOf(deps),
      id: deps.newId(),
    }),
  );
  const items: IssueItem[] = [];
  // By the month in UTC, which at either end is another than the site's for some hours.
  const first = addSpan(from, { value: -1, unit: 'day' }).slice(0, 7);
  const last = addSpan(today, { value: 1, unit: 'day' }).slice(0, 7);
  for (let month = first; month <= last; month = addSpan(`${month}-01`, { value: 1, unit: 'month' }).slice(0, 7)) {
    items.push(...(await deps.issues.ofMonth(siteId, month)));
  }
  return { site, issued: items.filter(({ issuedAt }) => localDateOf(issuedAt, site.zone) >= from), from, today };
}
