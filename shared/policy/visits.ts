import type { Localized, Mark, Procedure } from '../domain/vocabulary.ts';

/** One thing to know about a visit. What a rule asks for says where it stands; the rest is a station's advice. */
export type VisitNote = Localized & { readonly source?: string; readonly mark?: Mark };

/** What a donor needs to know before, on and after the day: told when a place is booked. */
export type Visit = {
  readonly procedure: Procedure;
  /** Needle in to needle out, and door to door, in minutes; about. */
  readonly givingMinutes: number;
  readonly totalMinutes: number;
  readonly bring: readonly VisitNote[];
  readonly before: readonly VisitNote[];
  readonly after: readonly VisitNote[];
};

const says = (zh: string, en: string): VisitNote => ({ zh, en });
const asks = (zh: string, en: string, source: string, mark: Mark): VisitNote => ({ zh, en, source, mark });

const AFTER_CALL = says(
  '回家后如有不适，或想起任何应当告知而未告知的情况，请立即拨打站点电话。',
  'If you feel unwell at home, or remember anything you ought to have told us, call the site at once.',
);
const AFTER_PRESS = says(
  '按压针眼至少 10 分钟，在休息区坐 15 分钟再离开；当天不提重物。',
  'Press on the spot for at least 10 minutes and sit for 15 before you leave; lift nothing heavy that day.',
);
const AFTER_DRINK = says(
  '当天多喝水，正常饮食，不饮酒，不熬夜。',
  'Drink plenty that day, eat as usual, no alcohol, an early night.',
);

const CN_IDENTITY = asks(
  '本人有效身份证件原件：居民身份证、护照、港澳台居民居住证等。电子照片不能代替。',
  'Your own valid identity document, the original: identity card, passport, residence permit. A photo of it will not do.',
  '血站管理办法（采血前核对身份并登记）',
  'R',
);
const CN_NO_ALCOHOL = says('前一天睡好，不饮酒。', 'The day before: sleep well, no alcohol.');

const CN: readonly Visit[] = [
  {
    procedure: 'whole-blood',
    givingMinutes: 10,
    totalMinutes: 45,
    bring: [CN_IDENTITY],
    before: [
      CN_NO_ALCOHOL,
      says(
        '来之前吃一顿清淡的（如馒头、稀饭、面条），不吃油腻的，不要空腹。',
        'Eat something light before you come (bread, porridge, noodles), nothing greasy, and do not come hungry.',
      ),
      says('喝一两杯水，穿袖口宽松的衣服。', 'Drink a glass or two of water and wear loose sleeves.'),
    ],
    after: [AFTER_PRESS, AFTER_DRINK, AFTER_CALL],
  },
  {
    procedure: 'platelets',
    givingMinutes: 75,
    totalMinutes: 120,
    bring: [
      CN_IDENTITY,
      says('手机和耳机：要坐一个多小时。', 'Your phone and earphones: you will sit for over an hour.'),
    ],
    before: [
      asks(
        '5 天内不服阿司匹林类药物；服过请先告诉医生，不要为献血自行停药。',
        'No aspirin-type medicine within 5 days; if you have taken some, tell the physician, and never stop a medicine in order to give.',
        'GB 18467-2011 献血者健康检查要求',
        'C†',
      ),
      CN_NO_ALCOHOL,
      says(
        '前一天起不吃油腻食物，来之前吃清淡的早餐或午餐，可以喝牛奶补钙。',
        'Nothing greasy from the day before; have a light breakfast or lunch, and some milk for its calcium.',
      ),
      says(
        '多喝水，献前上洗手间，穿袖口宽松的衣服。',
        'Drink plenty, go to the toilet beforehand, and wear loose sleeves.',
      ),
    ],
    after: [
      says(
        '献的过程中嘴唇或手指发麻，请马上告诉护士：补钙就会好。',
        'If lips or fingers tingle while you give, tell the nurse at once: some calcium puts it right.',
      ),
      AFTER_PRESS,
      AFTER_DRINK,
      AFTER_CALL,
    ],
  },
];

const UK_DRINK = asks(
  '当天多喝不含酒精的饮料，采血前再喝 500 毫升水。',
  'Drink plenty of non-alcoholic drinks that day, and 500 ml of water just before.',
  'NHS Blood and Transplant',
  'R',
);
const UK_EAT = says(
  '吃一顿饭再来，不要空腹；来前不做剧烈运动。',
  'Eat regular meals, do not come hungry, and no hard exercise beforehand.',
);
const UK: readonly Visit[] = [
  {
    procedure: 'whole-blood',
    givingMinutes: 10,
    totalMinutes: 60,
    bring: [says('填好的献血者健康问卷。', 'Your filled-in donor health check.')],
    before: [UK_EAT, UK_DRINK],
    after: [AFTER_PRESS, AFTER_DRINK, AFTER_CALL],
  },
  {
    procedure: 'platelets',
    givingMinutes: 90,
    totalMinutes: 120,
    bring: [says('填好的献血者健康问卷。', 'Your filled-in donor health check.')],
    before: [UK_EAT, UK_DRINK],
    after: [AFTER_PRESS, AFTER_DRINK, AFTER_CALL],
  },
];

const US_IDENTITY = asks(
  '献血者卡、驾照或护照，或另外两种身份证明。',
  'Your donor card, driver’s licence or passport, or two other forms of identification.',
  'American Red Cross',
  'R',
);
const US_DRINK = says(
  '来前多喝约 500 毫升水，吃含铁丰富而不油腻的食物。',
  'Drink an extra 16 oz (about 500 ml) of water, and eat iron-rich food that is not fatty.',
);
const US: readonly Visit[] = [
  {
    procedure: 'whole-blood',
    givingMinutes: 10,
    totalMinutes: 60,
    bring: [US_IDENTITY, says('正在服用的药物清单。', 'A list of the medicines you take.')],
    before: [US_DRINK, says('睡好，穿袖口宽松的衣服。', 'Sleep well, and wear loose sleeves.')],
    after: [AFTER_PRESS, AFTER_DRINK, AFTER_CALL],
  },
  {
    procedure: 'platelets',
    givingMinutes: 120,
    totalMinutes: 180,
    bring: [US_IDENTITY, says('正在服用的药物清单。', 'A list of the medicines you take.')],
    before: [
      asks('48 小时内不服阿司匹林。', 'No aspirin within 48 hours.', 'American Red Cross', 'R'),
      US_DRINK,
      says('睡好，穿袖口宽松的衣服。', 'Sleep well, and wear loose sleeves.'),
    ],
    after: [AFTER_PRESS, AFTER_DRINK, AFTER_CALL],
  },
];

const VISITS: Readonly<Record<string, readonly Visit[]>> = { cn: CN, uk: UK, us: US };

/** What a visit is like where a pack holds, one a procedure. A pack without advice of its own has none to show. */
export const visitsOf = (packId: string): readonly Visit[] => VISITS[packId] ?? [];
