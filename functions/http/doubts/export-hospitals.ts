import type { doubts } from '../../../shared/contract/doubts.ts';
import { csvText } from '../../../shared/domain/csv.ts';
import { daysBetween } from '../../../shared/domain/dates.ts';
import { printDin } from '../../../shared/domain/din.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { Language } from '../../../shared/domain/vocabulary.ts';
import type { IssueItem } from '../../../shared/store/items/index.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { DoubtsDeps } from './deps.ts';
import { issuedSince } from './issued-since.ts';

type Routes = (typeof doubts)['routes'];

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
