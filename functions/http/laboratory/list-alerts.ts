import type * as z from 'zod';
import type { LabAlert, laboratory } from '../../../shared/contract/laboratory.ts';
import { printDin } from '../../../shared/domain/din.ts';
import type { Chain } from '../../../shared/store/donations.ts';
import type { LabAlertItem, SiteItem } from '../../../shared/store/items/index.ts';
import { partitions } from '../../../shared/store/keys.ts';
import { judgeRecord, type LabRecord } from '../../../shared/store/laboratory.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import { audited, coveredSite, packOf } from './covered.ts';
import type { LaboratoryDeps } from './deps.ts';

type Routes = (typeof laboratory)['routes'];

export const listAlerts: RouteHandler<Routes['GET /api/laboratory/alerts'], LaboratoryDeps> = async (
  { actor, query },
  deps,
) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const open = query.settled !== 'true';
  const { pk } = partitions.labAlerts(site.siteId, open);
  const page = await deps.laboratory.alerts(site.siteId, open, pageOf(query, { pkName: 'pk', pk }));
  const chains = await Promise.all(page.items.map(async ({ din }) => await deps.donations.chain(din)));
  const found = page.items.flatMap((alert, n) => {
    const chain = chains[n];
    return chain ? [{ alert, chain }] : [];
  });
  const records = await deps.laboratory.ofMany(found.map(({ chain }) => chain.din));
  const subjects = found.map(({ chain }) => chain.din.personId);
  await audited(deps, { actor, site, action: 'lab-alerts-read', subjects });
  const actors = [...new Set(found.flatMap(({ alert }) => alert.settled?.by ?? []))];
  const profiles = await deps.people.profiles(actors);
  const names = new Map(actors.map((id, n) => [id, profiles[n]?.name ?? id]));
  const items = found.flatMap(({ alert, chain }, n) => {
    const record = records[n];
    return record ? [view(site, { alert, chain, record }, names)] : [];
  });
  return pageAnswer({ ...page, items }, (item) => item);
};

function view(
  site: SiteItem,
  { alert, chain, record }: { alert: LabAlertItem; chain: Chain; record: LabRecord },
  names: ReadonlyMap<string, string>,
): z.input<typeof LabAlert> {
  const { din } = chain.din;
  const judged = judgeRecord(site, packOf(site, chain.din.date), din, record);
  const { settled } = alert;
  return {
    din,
    dinPrinted: printDin(din, site.dinScheme),
    date: chain.din.date,
    verdict: judged.verdict,
    group: judged.group,
    reacted: judged.tests.flatMap(({ test, conclusion }) =>
      conclusion === 'not-clear' || conclusion === 'to-repeat' ? [test.code] : [],
    ),
    out: chain.units.flatMap(({ unitId, stage, hospital }) =>
      stage === 'issued' || stage === 'used' ? [{ unitId, ...(hospital && { hospital }) }] : [],
    ),
    open: alert.open,
    raisedAt: alert.raisedAt,
    ...(settled && { settled: { ...settled, ...(settled.by && { by: names.get(settled.by) ?? settled.by }) } }),
  };
}
