import { addSpan, weekdayOf } from '../../shared/domain/dates.ts';
import { toInstant } from '../../shared/domain/local-time.ts';
import type { LocalDate, Localized, ServiceCategory } from '../../shared/domain/vocabulary.ts';
import type { DraftItem } from '../../shared/store/client.ts';
import type {
  HoursAddedItem,
  HoursCorrectionItem,
  HoursRequestItem,
  HoursSettingsItem,
  ServiceItem,
} from '../../shared/store/items/index.ts';
import { bookingId, indexes, keys } from '../../shared/store/keys.ts';
import { ORGANISATIONS, ZONE } from './city.ts';
import { HELPER, organiserOf } from './people.ts';

const both = (zh: string, en: string): Localized => ({ zh, en });
const [OWN] = ORGANISATIONS;
const { organisationId } = OWN;
const SATURDAY = 6;
const WEEKS = 118;

type Kind = {
  readonly title: Localized;
  readonly role: Localized;
  readonly community: Localized;
  readonly district: Localized;
  readonly category: ServiceCategory;
  readonly from: string;
  readonly minutes: number;
};

const BLOOD: Kind = {
  title: both('献血屋志愿服务', 'Helping at the donor room'),
  role: both('引导与陪伴', 'Guiding and keeping company'),
  community: both('云汀中心血站', 'Yunting Central Blood Station'),
  district: both('南塘区', 'Nantang'),
  category: 'blood-donation',
  from: '09:00',
  minutes: 180,
};
const COURTYARD: Kind = {
  title: both('周末益起来 · 院里便民日', 'Weekend Together: Courtyard Day'),
  role: both('教用手机', 'Help with phones'),
  community: both('榆树里社区', 'Yushuli Community'),
  district: both('南塘区', 'Nantang'),
  category: 'community',
  from: '09:00',
  minutes: 165,
};
const CLEANING: Kind = {
  title: both('周末益起来 · 独居老人居家清洁', 'Weekend Together: Cleaning for Elders Living Alone'),
  role: both('入户清洁', 'Cleaning'),
  community: both('渡口社区', 'Ferry Community'),
  district: both('桐湾区', 'Tongwan'),
  category: 'elderly',
  from: '14:00',
  minutes: 150,
};

/** More than two years of Saturdays: mostly at the donor room, so that the first star's standard was met not long ago. */
const kindOf = (week: number): Kind | undefined => {
  if (week % 9 === 4) return undefined;
  if (week % 3 === 0) return BLOOD;
  return week % 3 === 1 ? COURTYARD : week % 2 === 0 ? BLOOD : CLEANING;
};

/**
 * What somebody has served until last week, as it was timed, with hours that were added by hand, one record that was corrected and a
 * request that waits for an answer; and who answers for the organisation's certificates.
 */
export function servedItems(today: LocalDate): DraftItem[] {
  const ago = (days: number): LocalDate => addSpan(today, { value: -days, unit: 'day' });
  const lastSaturday = ago(((weekdayOf(today) - SATURDAY + 7) % 7) + 7);
  const service = Array.from({ length: WEEKS }, (_, week): ServiceItem[] => {
    const kind = kindOf(week);
    if (!kind) return [];
    const date = addSpan(lastSaturday, { value: -week, unit: 'week' });
    return [timed(kind, date, week)];
  }).flat();
  const [last, before] = service;
  if (!last || !before) throw new Error('the demo volunteer has served nothing');
  const organiser = organiserOf(organisationId);
  const at = `${ago(6)}T02:00:00.000Z`;
  const made = { personId: HELPER, organisationId, at };
  const added: HoursAddedItem = {
    kind: 'hours-added',
    ...made,
    recordId: 'hdemo1',
    requestId: 'hdemo1',
    eventId: last.eventId,
    bookingId: bookingId(HELPER, 'demoadd1'),
    title: BLOOD.title,
    role: both('领取和整理物料', 'Fetching and sorting materials'),
    community: BLOOD.community,
    district: BLOOD.district,
    date: ago(20),
    zone: ZONE,
    minutes: 90,
    category: BLOOD.category,
    reason: '活动前一天到血站领取物料，没有签到',
    askedBy: organiser,
    approvedBy: 'demo-22',
    gsi1pk: indexes.served(organisationId),
    gsi1sk: indexes.servedSort(ago(20), 'hdemo1', HELPER),
  };
  const correction: HoursCorrectionItem = {
    kind: 'hours-correction',
    ...made,
    of: before.serviceId,
    n: 1,
    was: before.minutes,
    minutes: before.minutes + 30,
    reason: '收拾场地到十二点半才离开',
    askedBy: HELPER,
    approvedBy: organiser,
    requestId: 'hdemo2',
    gsi1pk: indexes.served(organisationId),
    gsi1sk: indexes.servedSort(before.date, before.serviceId, HELPER),
  };
  const request: HoursRequestItem = {
    kind: 'hours-request',
    requestId: `h${'0'.repeat(19)}3`,
    organisationId,
    personId: HELPER,
    recordId: last.serviceId,
    was: last.minutes,
    eventId: last.eventId,
    bookingId: last.bookingId,
    title: last.title,
    role: last.role,
    community: last.community,
    district: last.district,
    date: last.date,
    zone: ZONE,
    minutes: last.minutes + 20,
    category: last.category,
    reason: '最后一位献血者休息好才离开，签退提前了二十分钟',
    askedBy: HELPER,
    askedAt: at,
    status: 'asked',
    accepted: [],
    version: 1,
    gsi1pk: indexes.hoursAsked(HELPER),
    gsi1sk: indexes.hoursSort(at, `h${'0'.repeat(19)}3`),
    gsi2pk: indexes.hoursStanding(organisationId, true),
    gsi2sk: indexes.hoursSort(at, `h${'0'.repeat(19)}3`),
  };
  const settings: HoursSettingsItem = {
    kind: 'hours-settings',
    organisationId,
    responsible: '赵敏行',
    handler: '钱若水',
    contact: '0571-8000 0011',
    language: 'zh',
    categories: {},
    accepted: [],
    version: 1,
  };
  const absent = 'attribute_not_exists(pk)';
  const put = (key: { pk: string; sk: string }, item: object): DraftItem => ({
    Put: { Item: { ...item, ...key }, ConditionExpression: absent },
  });
  return [
    ...service.map((item) => put(keys.service(HELPER, item.serviceId), item)),
    put(keys.hoursAdded(HELPER, added.recordId), added),
    put(keys.hoursCorrection(HELPER, correction.of, 1), correction),
    put(keys.hoursBook(HELPER), { kind: 'hours-book', personId: HELPER, version: 2 }),
    put(keys.hoursRequest(organisationId, request.requestId), request),
    put(keys.hoursSettings(organisationId), settings),
  ];
}

function timed(kind: Kind, date: LocalDate, week: number): ServiceItem {
  const starts = toInstant(`${date}T${kind.from}`, ZONE);
  if (!starts.ok) throw new Error(`the demo volunteer cannot serve on ${date}`);
  const serviceId = `demo${String(week).padStart(3, '0')}`;
  return {
    kind: 'service',
    serviceId,
    personId: HELPER,
    organisationId,
    eventId: 'before-opening',
    shiftId: 'all',
    bookingId: bookingId(HELPER, serviceId),
    title: kind.title,
    role: kind.role,
    community: kind.community,
    district: kind.district,
    date,
    zone: ZONE,
    startedAt: starts.instant,
    endedAt: new Date(Date.parse(starts.instant) + kind.minutes * 60_000).toISOString(),
    minutes: kind.minutes,
    category: kind.category,
    how: { in: week % 5 === 0 ? 'tap' : 'pass', out: week % 11 === 7 ? 'rule' : 'pass' },
    version: 1,
    gsi1pk: indexes.served(organisationId),
    gsi1sk: indexes.servedSort(date, serviceId, HELPER),
  };
}
