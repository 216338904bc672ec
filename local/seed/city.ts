import { CALL_SETTINGS } from '../../shared/domain/calls.ts';
import { addSpan } from '../../shared/domain/dates.ts';
import type { SiteSchedule } from '../../shared/domain/site-schedule.ts';
import { type Hospital, UNIT_SETTINGS } from '../../shared/domain/unit-settings.ts';
import type { LocalDate, Localized, Procedure } from '../../shared/domain/vocabulary.ts';
import type { OpeningHours } from '../../shared/domain/weekly-hours.ts';
import type { OrganisationItem, SiteItem } from '../../shared/store/items/index.ts';

/** Yunting 云汀: a city that does not exist, with people who do not either. */
export const ZONE = 'Asia/Shanghai';

/** The facility of the city's numbers. */
export const FACILITY = 'N7001';

/** Whom the city's stations issue to. */
export const HOSPITAL = '云汀市人民医院';
const HOSPITALS: readonly Hospital[] = [
  { name: HOSPITAL, phone: '+864000000201' },
  { name: '梅溪区中医院', phone: '+864000000202' },
];

const site = (own: Pick<SiteItem, 'siteId' | 'name' | 'siteKind' | 'district' | 'address' | 'phone'>): SiteItem => ({
  kind: 'site',
  zone: ZONE,
  procedures: ['whole-blood'],
  pack: 'cn',
  cutoffMinutes: 60,
  dinScheme: 'isbt128',
  screening: 'paper',
  laboratory: 'elsewhere',
  units: {
    ...UNIT_SETTINGS,
    hospitals: HOSPITALS,
    numbers: [{ from: FACILITY, to: FACILITY }],
    accepted: [],
    version: 1,
  },
  calls: { ...CALL_SETTINGS, centsPerSegment: 5, accepted: [], version: 1 },
  ...own,
});

const NANTANG: Localized = { zh: '南塘区', en: 'Nantang' };
const MEIXI: Localized = { zh: '梅溪区', en: 'Meixi' };
const TONGWAN: Localized = { zh: '桐湾区', en: 'Tongwan' };

export const CENTRAL = 'yunting-central';
export const GATE = 'nantang-gate';
export const PARK = 'meixi-park';
export const FERRY = 'tongwan-ferry';
export const BUS = 'nuanliu-bus-1';

export const SITES: readonly SiteItem[] = [
  {
    ...site({
      siteId: CENTRAL,
      name: { zh: '云汀市中心血站', en: 'Yunting Central Blood Station' },
      siteKind: 'centre',
      district: NANTANG,
      address: { zh: '云汀市南塘区暖流路 1 号', en: '1 Nuanliu Road, Nantang, Yunting' },
      phone: '+864000000101',
    }),
    procedures: ['whole-blood', 'platelets'],
    // The station's own laboratory enters what it finds; the rooms' tubes come to it.
    laboratory: 'required',
  },
  site({
    siteId: GATE,
    name: { zh: '南塘门献血屋', en: 'Nantang Gate Donation Room' },
    siteKind: 'room',
    district: NANTANG,
    address: { zh: '云汀市南塘区南门大街 88 号', en: '88 Nanmen Street, Nantang, Yunting' },
    phone: '+864000000102',
  }),
  site({
    siteId: PARK,
    name: { zh: '梅溪公园献血屋', en: 'Meixi Park Donation Room' },
    siteKind: 'room',
    district: MEIXI,
    address: { zh: '云汀市梅溪区公园东门', en: 'East Gate, Meixi Park, Meixi, Yunting' },
    phone: '+864000000103',
  }),
  site({
    siteId: FERRY,
    name: { zh: '桐湾渡献血屋', en: 'Tongwan Ferry Donation Room' },
    siteKind: 'room',
    district: TONGWAN,
    address: { zh: '云汀市桐湾区渡口广场 3 号', en: '3 Ferry Square, Tongwan, Yunting' },
    phone: '+864000000104',
  }),
  {
    ...site({
      siteId: BUS,
      name: { zh: '暖流一号献血车', en: 'Nuanliu Donation Bus No. 1' },
      siteKind: 'bus',
      district: { zh: '全市', en: 'All districts' },
      address: { zh: '停靠点见各时段', en: 'See the stop of each slot' },
      phone: '+864000000105',
    }),
    // People look up again where it stops: they are reminded later in the evening, and earlier on the day.
    reminders: { dayBeforeAt: '19:30', minutesBefore: 180 },
  },
];

const on = (
  weekdays: readonly number[],
  hours: { from: string; to: string; slotMinutes: number; places: number; procedure?: Procedure },
): OpeningHours[] => weekdays.map((weekday) => ({ weekday, procedure: 'whole-blood', ...hours }));

const DAILY = [1, 2, 3, 4, 5, 6, 7];

/** The park's room closes for one day, some days after its week begins. */
export const PARK_CLOSED_AFTER = { value: 12, unit: 'day' } as const;

/** The weeks of the sites, from a date on. */
export const schedules = (effectiveFrom: LocalDate): readonly (SiteSchedule & { siteId: string })[] => {
  const week = (siteId: string, hours: OpeningHours[], stops: SiteSchedule['stops'] = []) => ({
    siteId,
    effectiveFrom,
    hours,
    closedOn: siteId === PARK ? [addSpan(effectiveFrom, PARK_CLOSED_AFTER)] : [],
    stops,
  });
  return [
    week(CENTRAL, [
      // Open late, so that at nearly any hour there is still a slot today to try the whole story with.
      ...on(DAILY, { from: '08:00', to: '24:00', slotMinutes: 60, places: 20 }),
      // Platelet chairs: two hours each.
      ...on(DAILY, { from: '08:00', to: '20:00', slotMinutes: 120, places: 6, procedure: 'platelets' }),
    ]),
    week(GATE, on([2, 3, 4, 5, 6, 7], { from: '10:00', to: '18:00', slotMinutes: 60, places: 6 })),
    week(PARK, on([3, 4, 5, 6, 7], { from: '09:00', to: '17:00', slotMinutes: 60, places: 5 })),
    week(FERRY, on([1, 2, 3, 4, 5, 6], { from: '10:00', to: '18:00', slotMinutes: 60, places: 6 })),
    week(BUS, on([2, 3, 4, 5, 6, 7], { from: '09:30', to: '15:30', slotMinutes: 60, places: 8 }), [
      { on: 2, stop: { zh: '云汀大学北门', en: 'Yunting University, North Gate' } },
      { on: 3, stop: { zh: '南塘科技园', en: 'Nantang Science Park' } },
      { on: 4, stop: { zh: '桐湾造船厂', en: 'Tongwan Shipyard' } },
      { on: 5, stop: { zh: '云汀大学北门', en: 'Yunting University, North Gate' } },
      { on: 6, stop: { zh: '梅溪步行街', en: 'Meixi Walking Street' } },
      { on: 7, stop: { zh: '榆树里社区广场', en: 'Yushuli Community Square' } },
    ]),
  ];
};

const organisation = (organisationId: string, zh: string, en: string): OrganisationItem => ({
  kind: 'organisation',
  organisationId,
  name: { zh, en },
});
export const ORGANISATIONS = [
  organisation('yunting-volunteers', '云汀市志愿者协会', 'Yunting Volunteers'),
  organisation('nuanshou', '暖手社区服务中心', 'Nuanshou Community Service'),
] as const;
