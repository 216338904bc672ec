import { addSpan } from '../../shared/domain/dates.ts';
import type { HeldQualification } from '../../shared/domain/qualifications.ts';
import type { AgainWish, Language, LocalDate, Localized, Sex } from '../../shared/domain/vocabulary.ts';
import type { RoleItem } from '../../shared/store/items/index.ts';
import { BUS, CENTRAL, FERRY, GATE, ORGANISATIONS, PARK, SITES } from './city.ts';
import { hundred, type Past, platelets, series, whole } from './history.ts';

export type Resident = {
  readonly personId: string;
  readonly phone: string;
  readonly name: string;
  readonly language: Language;
  readonly roles: readonly Pick<RoleItem, 'role' | 'scope'>[];
  readonly birthDate?: LocalDate;
  readonly sex?: Sex;
  readonly weightKg?: number;
  readonly wantsExtendedAge?: boolean;
  readonly tellAgain?: AgainWish;
  /** Gets no texts: has switched all of them off. */
  readonly quiet?: true;
  /** Sites that may call them when blood is short. */
  readonly callSites?: string[];
  readonly past: readonly Past[];
  readonly qualifications?: readonly HeldQualification[];
  /** The last four of an identity number: with the birth date, what a new browser asks for. */
  readonly lastFour: string;
  /** What to try with this person; those without one only fill the rosters. */
  readonly note?: Localized;
};

/** Numbers of the demo city; those of `npm run token` begin elsewhere. */
const phoneOf = (n: number): string => `+861380000${String(n).padStart(4, '0')}`;
const resident = (n: number, name: string, more: Partial<Resident>): Resident => ({
  personId: `demo-${n}`,
  lastFour: String(n).padStart(4, '0'),
  phone: phoneOf(n),
  name,
  language: 'zh',
  roles: [],
  past: [],
  ...more,
});

const staffNames: Record<string, string> = {
  [CENTRAL]: '许若川',
  [GATE]: '田知秋',
  [PARK]: '方小满',
  [FERRY]: '陆遥',
  [BUS]: '秦一帆',
};

const WORKER_BORN = '1985-06-15';

/** Everyone who works with the system: staff of each site, an organiser of each organisation, an auditor and an admin. */
export const workers = (): readonly Resident[] => [
  ...SITES.map(({ siteId, name }, n) =>
    resident(1 + n, staffNames[siteId] ?? '', {
      birthDate: WORKER_BORN,
      roles: [{ role: 'staff', scope: siteId }],
      note: { zh: `${name.zh}工作人员`, en: `staff of ${name.en}` },
    }),
  ),
  ...ORGANISATIONS.map(({ organisationId, name }, n) =>
    resident(11 + n, n === 0 ? '何乐之' : '温如故', {
      birthDate: WORKER_BORN,
      roles: [{ role: 'organiser', scope: organisationId }],
      note: { zh: `${name.zh}组织者`, en: `organiser of ${name.en}` },
    }),
  ),
  resident(21, '严明', {
    birthDate: WORKER_BORN,
    roles: [{ role: 'auditor', scope: 'ALL' }],
    note: { zh: '审计员', en: 'auditor' },
  }),
  resident(22, '管平川', {
    birthDate: WORKER_BORN,
    roles: [{ role: 'admin', scope: 'ALL' }],
    note: {
      zh: '管理员：打开 /staff/roles 授予和收回权限',
      en: 'admin: gives and takes roles at /staff/roles',
    },
  }),
  resident(23, '季清和', {
    birthDate: WORKER_BORN,
    roles: [{ role: 'admin', scope: 'ALL' }],
    note: {
      zh: '另一位管理员：核准管平川提出的账号变更',
      en: 'another admin: approves what 管平川 asks for an account',
    },
  }),
];

export const staffOf = (siteId: string): string => `demo-${1 + SITES.findIndex((site) => site.siteId === siteId)}`;
export const organiserOf = (organisationId: string): string =>
  `demo-${11 + ORGANISATIONS.findIndex((organisation) => organisation.organisationId === organisationId)}`;

export const FAMOUS = 'demo-31';
export const DEFERRED = 'demo-38';
export const DECLARER = 'demo-45';
export const HOLDER = 'demo-46';
export const WAITER = 'demo-47';
export const OFFERED = 'demo-48';
export const HELPER = 'demo-49';
export const MOVED = 'demo-50';

/** A dozen donors, each with something else to show. `today`: the local date of the city. */
export function donors(today: LocalDate): readonly Resident[] {
  const ago = (days: number) => addSpan(today, { value: -days, unit: 'day' });
  const born = (years: number, days: number) => addSpan(ago(days), { value: -years, unit: 'year' });
  const times = <T>(n: number, it: T): T[] => Array.from({ length: n }, () => it);
  return [
    resident(31, '沈知暖', {
      birthDate: born(45, 120),
      sex: 'male',
      weightKg: 72,
      past: hundred(ago(16)),
      note: {
        zh: '献血 100 次；可约血小板，全血未到间隔期',
        en: '100 donations; platelets may be booked, whole blood not yet',
      },
    }),
    resident(32, '顾晓舟', {
      birthDate: born(33, 40),
      sex: 'male',
      weightKg: 68,
      past: series(times(7, whole(400)), ago(215)),
      note: { zh: '献过七次全血；现在都可以献', en: 'seven donations of whole blood; may give anything now' },
    }),
    resident(33, '夏听雨', {
      birthDate: born(26, 200),
      sex: 'female',
      weightKg: 54,
      note: { zh: '从未献过血；现在都可以献', en: 'has never given; may give anything now' },
    }),
    resident(34, '江望舒', {
      birthDate: born(38, 15),
      sex: 'female',
      weightKg: 58,
      past: series([whole(300), whole(400), whole(400)], ago(60)),
      note: { zh: '两个月前献过全血：间隔期未到', en: 'gave whole blood two months ago: too soon for anything' },
    }),
    resident(35, '陶行远', {
      birthDate: born(41, 300),
      sex: 'male',
      weightKg: 80,
      past: series([...times(2, whole(400)), ...times(11, platelets(2))], ago(10)),
      tellAgain: 'any',
      note: {
        zh: '十天前献过血小板：满两周后可再约，当天会收到短信',
        en: 'gave platelets ten days ago: may book platelets from the fourteenth day, and is texted that morning',
      },
    }),
    resident(36, '乔松年', {
      birthDate: born(57, 30),
      sex: 'male',
      weightKg: 70,
      wantsExtendedAge: true,
      past: series(times(12, whole(400)), ago(230)),
      note: { zh: '57 岁，多次献血并申请继续：可以献', en: '57, gave often, asked to go on: may give' },
    }),
    resident(37, '柳问渠', {
      birthDate: born(57, 80),
      sex: 'female',
      weightKg: 61,
      past: series(times(4, whole(300)), ago(900)),
      note: {
        zh: '57 岁，未申请继续：在资料中申请后才可以',
        en: '57, has not asked to go on: refused until the profile says so',
      },
    }),
    resident(DEFERRED_NUMBER, '程小北', {
      birthDate: born(29, 100),
      sex: 'male',
      weightKg: 66,
      past: series([whole(200)], ago(500)),
      note: { zh: '昨天筛查后暂缓一周', en: 'deferred after screening yesterday, for a week' },
    }),
    resident(39, '白露', {
      birthDate: born(22, 60),
      sex: 'female',
      weightKg: 43,
      note: { zh: '体重 43 公斤：低于下限', en: 'weighs 43 kg: under the least weight' },
    }),
    resident(40, '苗向阳', {
      birthDate: born(17, 335),
      sex: 'male',
      weightKg: 62,
      note: {
        zh: '17 岁：献血可约下月生日以后的日期；报名志愿服务要先请监护人同意，发给监护人的短信在 /phone',
        en: '17: may book for dates from the birthday next month; to volunteer, asks a guardian first, whose text is at /phone',
      },
    }),
    resident(41, 'Maya Lindqvist', {
      language: 'en',
      birthDate: born(36, 180),
      sex: 'female',
      weightKg: 63,
      past: series([whole(200), ...times(11, whole(400))], ago(190)),
      note: { zh: '使用英文；折合 23 次，已达铜奖标准', en: 'reads English; 23 times, the bronze standard met' },
    }),
    resident(42, '钟鸣', {
      note: {
        zh: '资料尚未填写；新浏览器上请选“我是第一次来”',
        en: 'profile still empty; on a new browser, choose “I am new here”',
      },
    }),
    resident(DECLARER_NUMBER, '罗一苇', {
      birthDate: born(28, 70),
      sex: 'female',
      weightKg: 56,
      past: series([whole(200), whole(400)], ago(420)),
      note: {
        zh: '两个月前纹过身，自测的回答已保存，也登记过外地献血：打开“我能献血吗？”',
        en: 'had a tattoo two months ago and lets the answers be kept; gave elsewhere too: open “May I give blood?”',
      },
    }),
    resident(46, '穆清扬', {
      birthDate: born(34, 210),
      sex: 'male',
      weightKg: 74,
      note: {
        zh: '约了后天一个已约满的时段：取消后，空位会保留给叶未央',
        en: 'holds a place at a full time the day after tomorrow: cancel it, and it is kept for 叶未央',
      },
    }),
    resident(47, '叶未央', {
      birthDate: born(30, 95),
      sex: 'female',
      weightKg: 57,
      note: {
        zh: '正在候补穆清扬的时段：打开 /waiting',
        en: 'waits for the time that 穆清扬 holds: open /waiting',
      },
    }),
    resident(48, '黎初晴', {
      birthDate: born(27, 250),
      sex: 'female',
      weightKg: 60,
      note: {
        zh: '等到了空位，从首次启动起保留两小时：打开 /o；工作人员见 /staff/yunting-central/waiting',
        en: 'a place is kept for her, two hours from the first start: open /o; staff see /staff/yunting-central/waiting',
      },
    }),
    resident(49, '蓝天阔', {
      birthDate: born(24, 130),
      sex: 'male',
      weightKg: 71,
      past: series([whole(200), whole(400), whole(400)], ago(230)),
      note: {
        zh: '周日“排队引导”的空位为他保留着，从首次启动起两小时：打开 /o；云汀志愿者组织者在该活动的名单里看得到候补；两年多的服务时长和证明见 /service，与献血合在一页的见 /ledger',
        en: 'a place at Sunday’s “Mind the queue” is kept for him, two hours from the first start: open /o; its organiser sees who waits in the event’s sign-ups; two years of his hours, and certificates, are at /service, with what he gave at /ledger',
      },
    }),
    resident(50, '苏见微', {
      birthDate: born(31, 160),
      sex: 'female',
      weightKg: 59,
      note: {
        zh: '预约的下午临时停采，已改到上午，还没有答复：打开 /m；工作人员见 /staff/nantang-gate/closures',
        en: 'booked an afternoon that was closed, moved to the morning, not answered yet: open /m; staff see /staff/nantang-gate/closures',
      },
    }),
  ];
}
const DECLARER_NUMBER = 45;
const DEFERRED_NUMBER = 38;

const FAMILY = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜';
const GIVEN = ['安然', '书言', '子墨', '清和', '予宁', '思齐', '景行', '云舒', '嘉树', '怀瑾'] as const;
const FILLERS = 39;

/** People whose bookings fill the rosters: grown up, well, some with a donation some years ago. */
export function fillers(today: LocalDate): readonly Resident[] {
  const ago = (days: number) => addSpan(today, { value: -days, unit: 'day' });
  return Array.from({ length: FILLERS }, (_, n) =>
    resident(101 + n, `${FAMILY[(n * 7) % FAMILY.length]}${GIVEN[(n * 3) % GIVEN.length]}`, {
      birthDate: addSpan(ago(37 * n), { value: -(20 + ((n * 11) % 30)), unit: 'year' }),
      sex: n % 2 === 0 ? 'male' : 'female',
      weightKg: 55 + ((n * 5) % 25),
      ...(n % 2 === 1 && { callSites: [CENTRAL, n % 4 === 1 ? GATE : BUS] }),
      // The first of the recent visits is this one's.
      ...(n === 0 && {
        note: {
          zh: '两天前献血，红细胞已发往医院：登记使用后会收到短信',
          en: 'gave two days ago; the red cells are at a hospital: mark them used, and the text comes',
        },
      }),
      // Some can cut hair, and some of those have shown it.
      ...(n % 5 === 1 && {
        qualifications: [{ qualification: 'haircutting', ...(n % 2 === 0 && { by: ORGANISATIONS[0].organisationId }) }],
      }),
      past: n % 3 === 0 ? series([whole(n % 2 === 0 ? 400 : 200)], ago(700 + n)) : [],
    }),
  );
}

const DOUBTFUL = 2;

/** Two more neighbours, of whose donations something in the records does not agree. */
export function doubtful(today: LocalDate): readonly Resident[] {
  return Array.from({ length: DOUBTFUL }, (_, n) =>
    resident(151 + n, `${FAMILY[20 + n]}${GIVEN[4 + n]}`, {
      birthDate: addSpan(today, { value: -(31 + n), unit: 'year' }),
      sex: n % 2 === 0 ? 'female' : 'male',
      weightKg: 64 + n,
    }),
  );
}

const DAY_NUMBERS = 201;
const DAY_DONORS = 18;

/** Who makes a day at the main station half over, in the order in which they come. Nobody is texted for it. */
export function dayDonors(today: LocalDate): readonly Resident[] {
  return Array.from({ length: DAY_DONORS }, (_, n) =>
    resident(DAY_NUMBERS + n, `${FAMILY[(n * 5 + 3) % FAMILY.length]}${GIVEN[(n * 7 + 2) % GIVEN.length]}`, {
      birthDate: addSpan(addSpan(today, { value: -(29 * n + 11), unit: 'day' }), {
        value: -(21 + ((n * 13) % 28)),
        unit: 'year',
      }),
      sex: n % 2 === 0 ? 'female' : 'male',
      weightKg: 54 + ((n * 7) % 24),
      past: n % 4 === 1 ? series([whole(400)], addSpan(today, { value: -(260 + 31 * n), unit: 'day' })) : [],
      quiet: true,
    }),
  );
}

export const organiserPhone = (organisationId: string): string =>
  phoneOf(Number(organiserOf(organisationId).slice('demo-'.length)));
