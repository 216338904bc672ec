import type * as z from 'zod';
import type { donations, RosterEntry } from '../../../shared/contract/donations.ts';
import { csvText } from '../../../shared/domain/csv.ts';
import { localTimeCode } from '../../../shared/domain/local-time.ts';
import type { BookingStatus, Language, Procedure } from '../../../shared/domain/vocabulary.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredSite } from './covered.ts';
import type { DonationsDeps } from './deps.ts';
import { rosterEntries } from './roster-entry.ts';
import { wholeDay } from './whole-day.ts';

type Routes = (typeof donations)['routes'];
type Entry = z.input<typeof RosterEntry>;

/** The words of the file. Whoever was deferred is one whose visit ended: why is nobody's who opens a file. */
const WORDS: Record<
  Language,
  { head: readonly string[]; status: Record<BookingStatus, string>; procedure: Record<Procedure, string>; yes: string }
> = {
  zh: {
    head: [
      '预约时间',
      '姓名',
      '手机尾号',
      '献血类型',
      '状态',
      '状态时间',
      '经办人',
      '首次',
      '现场登记',
      '献血码',
      '补录时间',
      '补录人',
    ],
    status: {
      booked: '待到站',
      arrived: '已签到',
      screened: '检查合格',
      giving: '采血中',
      fulfilled: '已完成',
      cancelled: '已结束',
      noshow: '未到场',
    },
    procedure: { 'whole-blood': '全血', platelets: '血小板' },
    yes: '是',
  },
  en: {
    head: [
      'Time',
      'Name',
      'Phone ends',
      'Giving',
      'Status',
      'Since',
      'By',
      'First time',
      'Walk-in',
      'Donation number',
      'Entered late',
      'Entered by',
    ],
    status: {
      booked: 'Arriving',
      arrived: 'Here',
      screened: 'Screened',
      giving: 'Giving',
      fulfilled: 'Done',
      cancelled: 'Ended',
      noshow: 'No-show',
    },
    procedure: { 'whole-blood': 'Whole blood', platelets: 'Platelets' },
    yes: 'yes',
  },
};

export const exportRoster: RouteHandler<Routes['GET /api/donations/roster.csv'], DonationsDeps> = async (
  { actor, query, language },
  deps,
) => {
  const { zone } = await coveredSite(deps, actor, query.siteId);
  const day = await wholeDay(deps, query);
  const entries = await rosterEntries(deps, day);
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'site-roster-exported',
      scope: query.siteId,
      zone,
      at: nowOf(deps),
      subjects: [...new Set(day.map(({ personId }) => personId))],
      id: deps.newId(),
    }),
  );
  const { head, status, procedure, yes } = WORDS[language];
  const time = (at: string | undefined): string => (at ? clock(at, zone) : '');
  const row = (entry: Entry): string[] => [
    time(entry.startsAt),
    entry.name,
    entry.phoneLast4,
    procedure[entry.procedure],
    status[entry.status],
    time(entry.step?.at),
    entry.step?.by ?? '',
    entry.firstTime ? yes : '',
    entry.walkIn ? yes : '',
    entry.din ?? '',
    entry.late?.at ?? '',
    entry.late?.by ?? '',
  ];
  return csvText([head, ...entries.map(row)]);
};

/** `09:00`, as the clock on the wall had it. */
const clock = (at: string, zone: string): string => localTimeCode(at, zone).replace(/^(\d\d)(\d\d)/, '$1:$2');
