import { addSpan, weekdayOf } from '../../shared/domain/dates.ts';
import type { EventText, ShiftNeeds, ShiftPlan } from '../../shared/domain/events.ts';
import type { LocalDate, Localized, ServiceCategory } from '../../shared/domain/vocabulary.ts';
import { ORGANISATIONS, ZONE } from './city.ts';
import { organiserPhone } from './people.ts';

const both = (zh: string, en: string): Localized => ({ zh, en });

/** 周末益起来: what goes on in the city's communities on weekends. */
export type WeekendEvent = {
  readonly key: string;
  readonly organisationId: string;
  readonly text: EventText;
  readonly shifts: readonly ShiftPlan[];
  readonly draft?: true;
};

type Service = {
  readonly code: string;
  readonly title: Localized;
  readonly content: Localized;
  readonly conditions: Localized;
  readonly risks: Localized;
  readonly support: Localized;
  /** What it asks of how much one person takes on. */
  readonly limits?: Pick<EventText, 'restMinutes' | 'mostShifts' | 'mostTeam' | 'insures'>;
  readonly category: ServiceCategory;
  /** Role, from, to, places, least age, and what else it asks. */
  readonly shifts: readonly (readonly [string, Localized, string, string, number, number, ShiftNeeds?])[];
};

const HOW_TO_APPLY = both(
  '在本页选择岗位报名；不用智能手机的，可致电联系人，由组织者代为报名。',
  'Choose a role on this page; without a smartphone, call the contact and the organiser signs you up.',
);
const SUPPORT = both(
  '提供志愿者保险、马甲、饮水和午餐。',
  'Volunteer insurance, a vest, water and lunch are provided.',
);

const CLINIC: Service = {
  code: 'clinic',
  title: both('周末益起来 · 社区义诊', 'Weekend Together: Free Clinic'),
  content: both(
    '市人民医院的医生到社区义诊，测血压、血糖，解答用药疑问。志愿者引导居民、登记、协助测量。',
    'Doctors of the city hospital see residents, measure blood pressure and sugar and answer questions about medicines. Volunteers guide, register and help measure.',
  ),
  conditions: both('年满 16 周岁；协助测量者须年满 18 周岁。', 'At least 16; those who help measure at least 18.'),
  risks: both('可能接触感冒患者，请戴好口罩。', 'You may meet people with a cold; please wear a mask.'),
  support: SUPPORT,
  category: 'health',
  limits: { mostTeam: 6, insures: true },
  shifts: [
    ['guide', both('引导登记', 'Welcome and register'), '08:30', '11:30', 6, 16],
    ['measure', both('协助测量', 'Help measure'), '08:30', '11:30', 4, 18, { minimum: 2 }],
    ['leaflets', both('健康宣传', 'Health leaflets'), '09:00', '11:00', 8, 16],
  ],
};
const EYES: Service = {
  code: 'eyes',
  title: both('周末益起来 · 爱眼视力检查', 'Weekend Together: Eye Tests'),
  content: both(
    '为老人和孩子检查视力、清洗眼镜、讲解用眼卫生。',
    'Eye tests for the old and the young, cleaning of glasses, and a talk on caring for your eyes.',
  ),
  conditions: both('年满 16 周岁，有耐心。', 'At least 16, and patient.'),
  risks: both('无特殊风险。', 'No particular risks.'),
  support: SUPPORT,
  category: 'health',
  shifts: [
    ['chart', both('视力表检查', 'Eye chart'), '13:30', '16:30', 5, 18],
    ['glasses', both('清洗眼镜', 'Clean glasses'), '13:30', '16:30', 6, 16],
  ],
};
const QUEUE = 'queue';
const HAIRCUTS: Service = {
  code: 'haircuts',
  title: both('周末益起来 · 义务理发', 'Weekend Together: Haircuts'),
  content: both(
    '为社区老人免费理发，行动不便的上门服务。',
    'Free haircuts for elderly neighbours, at home for those who cannot come.',
  ),
  conditions: both(
    '理发者须有一年以上理发经验；其他岗位年满 16 周岁。',
    'Barbers need a year’s practice; others are at least 16.',
  ),
  risks: both('使用剪刀和推子，请注意安全。', 'Scissors and clippers are in use; please take care.'),
  support: SUPPORT,
  category: 'community',
  limits: { restMinutes: 60, mostShifts: 2 },
  shifts: [
    ['barber', both('理发', 'Cut hair'), '09:00', '12:00', 4, 18, { needs: ['haircutting'], minimum: 2 }],
    // As many as sign up: a full shift to wait for.
    [QUEUE, both('排队引导', 'Mind the queue'), '09:00', '12:00', 2, 16],
    ['visits', both('上门陪同', 'Go along on home visits'), '13:30', '16:00', 4, 18],
  ],
};
/** The shift that as many have signed up for as there are places. */
export const FULL_SHIFT = `${HAIRCUTS.code}-${QUEUE}`;
const CLEANING: Service = {
  code: 'cleaning',
  title: both('周末益起来 · 独居老人居家清洁', 'Weekend Together: Cleaning for Elders Living Alone'),
  content: both(
    '两人一组，到独居老人家中打扫、擦窗，陪老人聊聊天。',
    'In pairs, clean and wipe windows at the homes of elders who live alone, and have a chat with them.',
  ),
  conditions: both('年满 18 周岁，能做一般家务。', 'At least 18, and able to do ordinary housework.'),
  risks: both('擦窗须在室内进行，禁止登高。', 'Windows are cleaned from inside; no climbing.'),
  support: SUPPORT,
  category: 'elderly',
  shifts: [
    ['morning', both('上午入户清洁', 'Cleaning, morning'), '09:00', '11:30', 12, 18],
    ['afternoon', both('下午入户清洁', 'Cleaning, afternoon'), '14:00', '16:30', 12, 18],
  ],
};

/** On every Saturday morning, in the courtyard. */
const COURTYARD: Service = {
  code: 'courtyard',
  title: both('周末益起来 · 院里便民日', 'Weekend Together: Courtyard Day'),
  content: both(
    '每周六上午在院里摆几张桌子：修小家电、缝补、教老人用手机，陪孩子写作业。志愿者带上手艺就行。',
    'Every Saturday morning a few tables in the courtyard: small repairs, mending, help with phones, homework with children. Bring what you can do.',
  ),
  conditions: both('年满 14 周岁；修理和缝补须会相应手艺。', 'At least 14; repairs and mending need the skill.'),
  risks: both('露天进行，请防晒防寒；使用工具请注意安全。', 'It is outdoors: dress for it. Take care with tools.'),
  support: SUPPORT,
  category: 'community',
  shifts: [
    ['phones', both('教用手机', 'Help with phones'), '09:00', '12:00', 6, 14, { minimum: 2 }],
    ['homework', both('陪写作业', 'Homework with children'), '09:00', '12:00', 4, 16, { minimum: 2 }],
    ['repairs', both('修小家电', 'Small repairs'), '09:00', '12:00', 3, 18, { needs: ['repairs'], minimum: 1 }],
  ],
};

const COMMUNITIES = [
  {
    community: both('榆树里社区', 'Yushuli Community'),
    district: both('南塘区', 'Nantang'),
    address: both('榆树里社区广场', 'Yushuli Community Square'),
  },
  {
    community: both('南塘门社区', 'Nantang Gate Community'),
    district: both('南塘区', 'Nantang'),
    address: both('南塘门社区服务站', 'Nantang Gate Community Centre'),
  },
  {
    community: both('渡口社区', 'Ferry Community'),
    district: both('桐湾区', 'Tongwan'),
    address: both('渡口社区老年之家', 'Ferry Community House for the Elderly'),
  },
  {
    community: both('梅溪东社区', 'East Meixi Community'),
    district: both('梅溪区', 'Meixi'),
    address: both('梅溪东社区党群服务中心门前', 'In front of the East Meixi Community Centre'),
  },
] as const;

const SATURDAY = 6;

/** The first Saturday after a date. */
const nextSaturday = (today: LocalDate): LocalDate => {
  const days = (SATURDAY - weekdayOf(today) + 7) % 7 || 7;
  return addSpan(today, { value: days, unit: 'day' });
};

/** The event that repeats every week, on its first Saturday. */
export function weeklyEvent(today: LocalDate): WeekendEvent {
  return eventOf('weekly', COURTYARD, COMMUNITIES[0], nextSaturday(today), ORGANISATIONS[0].organisationId);
}

const eventOf = (
  key: string,
  service: Service,
  place: (typeof COMMUNITIES)[number],
  date: LocalDate,
  organisationId: string,
): WeekendEvent => ({
  key,
  organisationId,
  text: {
    title: service.title,
    content: service.content,
    conditions: service.conditions,
    howToApply: HOW_TO_APPLY,
    risks: service.risks,
    support: service.support,
    category: service.category,
    ...service.limits,
    ...place,
    contactPhone: organiserPhone(organisationId),
    zone: ZONE,
  },
  shifts: service.shifts.map(([shiftId, role, from, to, places, minAge, needs]) => ({
    shiftId: `${service.code}-${shiftId}`,
    role,
    startsAtLocal: `${date}T${from}`,
    endsAtLocal: `${date}T${to}`,
    places,
    minAge,
    ...needs,
  })),
});

/** Two weekends of events, each community with something else on each, and one draft not yet shown. */
export function weekendEvents(today: LocalDate): readonly WeekendEvent[] {
  const saturday = nextSaturday(today);
  const services = [CLINIC, EYES, HAIRCUTS, CLEANING];
  const plan = [0, 1, 2].flatMap((week) =>
    COMMUNITIES.map((place, n) => ({
      place,
      service: services[(n + week) % services.length] as Service,
      // Two communities on Saturday, two on Sunday.
      date: addSpan(saturday, { value: 7 * week + (n < 2 ? 0 : 1), unit: 'day' }),
      organisationId: (ORGANISATIONS[n % ORGANISATIONS.length] as (typeof ORGANISATIONS)[number]).organisationId,
      key: `${week}-${n}`,
    })),
  );
  return plan.slice(0, 2 * COMMUNITIES.length + 1).map(({ place, service, date, organisationId, key }, n) => ({
    ...eventOf(key, service, place, date, organisationId),
    ...(n >= 2 * COMMUNITIES.length && { draft: true as const }),
  }));
}
