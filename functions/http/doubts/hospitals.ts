import type * as z from 'zod';
import type { doubts, HospitalReport } from '../../../shared/contract/doubts.ts';
import { csvText } from '../../../shared/domain/csv.ts';
import { addSpan, daysBetween } from '../../../shared/domain/dates.ts';
import { printDin } from '../../../shared/domain/din.ts';
import { hospitalFigures } from '../../../shared/domain/hospital-reports.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { Language } from '../../../shared/domain/vocabulary.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import type { IssueItem, SiteItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { Actor } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { DoubtsDeps } from './deps.ts';
import { coveredSite } from './views.ts';

type Routes = (typeof doubts)['routes'];
type Report = z.input<typeof HospitalReport>;

/** The longest list of what is unreported that a page shows; the file has all of it. */
const MOST_SHOWN = 200;

export const listHospitals: RouteHandler<Routes['GET /api/doubts/hospitals'], DoubtsDeps> = async (
  { actor, query },
  deps,
) => {
  const { site, issued, from, today } = await issuedSince(deps, actor, query);
  const waits = issued.filter(({ outcome }) => !outcome);
  return {
    from,
    to: today,
    hospitals: reports(issued, site),
    unreported: waits.slice(0, MOST_SHOWN).map(({ din, unitId, component, hospital, issuedAt }) => ({
      din,
      dinPrinted: printDin(din, site.dinScheme),
      unitId,
      component,
      hospital,
      issuedAt,
      days: daysBetween(localDateOf(issuedAt, site.zone), today),
    })),
    more: Math.max(0, waits.length - MOST_SHOWN),
  };
};

/** What a site issued since so many months ago, oldest first; that somebody looks is recorded before. */
async function issuedSince(
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

function reports(issued: readonly IssueItem[], site: SiteItem): Report[] {
  const figures = hospitalFigures(issued, site.zone);
  const known = new Set(figures.map(({ hospital }) => hospital));
  const idle = (site.units?.hospitals ?? []).filter(({ name }) => !known.has(name));
  return [
    ...figures,
    ...idle.map(({ name }) => ({
      hospital: name,
      issued: 0,
      used: 0,
      returned: 0,
      discarded: 0,
      unreported: 0,
      ways: { scan: 0, hand: 0, file: 0 },
    })),
  ];
}

const WORDS: Record<
  Language,
  {
    head: readonly string[];
    outcome: Record<'used' | 'returned' | 'discarded' | 'none', string>;
    via: Record<'scan' | 'hand' | 'file', string>;
    component: Record<IssueItem['component'], string>;
  }
> = {
  zh: {
    head: [
      '医院',
      '献血码',
      '血袋',
      '成分',
      '发出时间',
      '结果',
      '登记时间',
      '登记方式',
      '使用日期',
      '使用到登记（天）',
      '未回报天数',
    ],
    outcome: { used: '已使用', returned: '已退回', discarded: '已报废', none: '未回报' },
    via: { scan: '扫码', hand: '手工', file: '文件' },
    component: {
      'whole-blood': '全血',
      'red-cells': '红细胞',
      plasma: '血浆',
      platelets: '血小板',
      cryoprecipitate: '冷沉淀',
    },
  },
  en: {
    head: [
      'Hospital',
      'Donation number',
      'Unit',
      'Component',
      'Issued',
      'Outcome',
      'Reported',
      'Reported by',
      'Used on',
      'Days from use to report',
      'Days unreported',
    ],
    outcome: { used: 'used', returned: 'returned', discarded: 'discarded', none: 'not reported' },
    via: { scan: 'scan', hand: 'hand', file: 'file' },
    component: {
      'whole-blood': 'whole blood',
      'red-cells': 'red cells',
      plasma: 'plasma',
      platelets: 'platelets',
      cryoprecipitate: 'cryoprecipitate',
    },
  },
};

/** Every unit that was issued, one a line: what a hospital is asked about, or asks. */
export const exportHospitals: RouteHandler<Routes['GET /api/doubts/hospitals.csv'], DoubtsDeps> = async (
  { actor, query, language },
  deps,
) => {
  const { site, issued, today } = await issuedSince(deps, actor, query);
  const words = WORDS[language];
  const day = (at: string) => localDateOf(at, site.zone);
  return csvText([
    words.head,
    ...issued.map(({ hospital, din, unitId, component, issuedAt, outcome, reportedAt, via, usedOn }) => [
      hospital,
      printDin(din, site.dinScheme),
      unitId,
      words.component[component],
      day(issuedAt),
      words.outcome[outcome ?? 'none'],
      reportedAt ? day(reportedAt) : '',
      via ? words.via[via] : '',
      usedOn ?? '',
      reportedAt && usedOn ? daysBetween(usedOn, day(reportedAt)) : '',
      outcome ? '' : daysBetween(day(issuedAt), today),
    ]),
  ]);
};
