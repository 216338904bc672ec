import type { events } from '../../../shared/contract/events.ts';
import { csvText } from '../../../shared/domain/csv.ts';
import { localTimeCode } from '../../../shared/domain/local-time.ts';
import { namesOf } from '../../../shared/domain/qualifications.ts';
import type { BookingStatus, Language } from '../../../shared/domain/vocabulary.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import { rosterOf } from '../../../shared/store/event-changes.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf } from '../../runtime/event-record.ts';
import type { EventsDeps } from './deps.ts';
import { runEvent } from './own.ts';
import { rosterLines } from './roster-lines.ts';

type Routes = (typeof events)['routes'];

/** The words of the file. */
const WORDS: Record<Language, { head: readonly string[]; status: Record<BookingStatus, string> }> = {
  zh: {
    head: [
      '开始',
      '结束',
      '岗位',
      '姓名',
      '手机尾号',
      '状态',
      '团队',
      '技能与培训',
      '监护人',
      '监护人电话',
      '签到',
      '签退',
      '计时（分钟）',
    ],
    status: {
      booked: '已报名',
      arrived: '在现场',
      screened: '在现场',
      giving: '在现场',
      fulfilled: '已完成',
      cancelled: '已取消',
      noshow: '未到',
    },
  },
  en: {
    head: [
      'From',
      'To',
      'Role',
      'Name',
      'Phone ends',
      'Status',
      'Team',
      'Skills and training',
      'Guardian',
      'Guardian’s number',
      'Checked in',
      'Checked out',
      'Minutes counted',
    ],
    status: {
      booked: 'Signed up',
      arrived: 'There',
      screened: 'There',
      giving: 'There',
      fulfilled: 'Done',
      cancelled: 'Cancelled',
      noshow: 'Did not come',
    },
  },
};

/** The read is recorded, with everybody whom the file names. */
export const exportRoster: RouteHandler<Routes['GET /api/events/{eventId}/roster.csv'], EventsDeps> = async (
  { actor, params, query, language },
  deps,
) => {
  const event = await runEvent(deps, actor, params.eventId);
  const bookings = await rosterOf(deps.store, event.eventId, query.date);
  const lines = await rosterLines(deps, event, bookings);
  const subjects = [...new Set(bookings.map(({ personId }) => personId))];
  await recordRead(deps.store, recordOf(deps, event, actor.personId, 'event-roster-exported', subjects).Put);
  const { head, status } = WORDS[language];
  const clock = (at: string | undefined): string =>
    at ? localTimeCode(at, event.zone).replace(/^(\d\d)(\d\d)/, '$1:$2') : '';
  const rows = lines.map((line, n) => {
    const { role, attended } = bookings[n] ?? {};
    return [
      clock(line.startsAt),
      clock(line.endsAt),
      role?.[language] ?? '',
      line.name,
      line.phoneLast4,
      status[line.status],
      line.team ?? '',
      namesOf(line.qualifications.map(({ qualification }) => qualification))[language],
      line.guardian?.name ?? '',
      line.guardian?.phone ?? '',
      clock(attended?.startedAt),
      clock(attended?.endedAt),
      attended?.minutes === undefined ? '' : String(attended.minutes),
    ];
  });
  return csvText([head, ...rows]);
};
