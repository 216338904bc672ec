import type { DeferralRule, PolicyPack, Sourced, Span } from '../domain/policy-pack.ts';
import { cnQuestions } from './cn-questions.ts';
import { deferral } from './deferral.ts';
import { days, months, weeks, years } from './spans.ts';

const STANDARD = 'GB 18467-2011 献血者健康检查要求';
const COVID = '血站新冠病毒感染防控工作指引（第二版，2022-12）';
/** Read in secondary sources that quote the standard, not in its own text. */
const from18467 = (rule: string): Sourced => ({ rule, source: STANDARD, mark: 'C†' });

const PROCEDURE = '血站技术操作规程（2019版）4 献血者血液检测';
/** Read in secondary sources that quote it. How often a reactive run is repeated is theirs too: 双孔复试. */
const fromProcedure = (rule: string): Sourced => ({ rule, source: PROCEDURE, mark: 'C†' });
const DUPLICATE = 2;
const RECALLED = '血站技术操作规程';

const wait = (
  code: string,
  ...rest: [after: Span | undefined, zh: string, en: string, procedure?: DeferralRule['procedure']]
): DeferralRule => deferral(from18467(`cn.deferral.${code}`), code, ...rest);

/**
 * China, GB 18467-2011. A physician of the station must sign the pack before it is used.
 *
 * Permanent deferrals are not listed: staff record that one holds, and why stays with them. Group exclusions of older
 * lists are left out on purpose.
 */
export const cn: PolicyPack = {
  id: 'cn',
  version: '2012-07-01',
  name: { zh: '中国：献血者健康检查要求', en: 'China: health examination of blood donors' },
  effectiveFrom: '2012-07-01',
  source: STANDARD,
  age: [
    {
      ...from18467('cn.age'),
      minYears: 18,
      maxYears: 55,
      maxReading: 'to-birthday',
      extended: {
        ...from18467('cn.age.extended'),
        maxYears: 60,
        needs: ['repeat-donor', 'no-reaction', 'own-wish'],
      },
    },
  ],
  weight: [
    { ...from18467('cn.weight.male'), sex: 'male', minKg: 50 },
    { ...from18467('cn.weight.female'), sex: 'female', minKg: 45 },
  ],
  intervals: [
    { ...from18467('cn.interval.whole-whole'), from: 'whole-blood', to: 'whole-blood', min: months(6) },
    { ...from18467('cn.interval.whole-platelets'), from: 'whole-blood', to: 'platelets', min: months(3) },
    { ...from18467('cn.interval.platelets-whole'), from: 'platelets', to: 'whole-blood', min: weeks(4) },
    {
      ...from18467('cn.interval.platelets-platelets'),
      from: 'platelets',
      to: 'platelets',
      min: weeks(2),
      override: {
        ...from18467('cn.interval.platelets-matched'),
        min: weeks(1),
        approver: 'physician, for a specially matched patient',
      },
    },
  ],
  caps: [
    {
      ...from18467('cn.cap.platelets'),
      group: ['platelets'],
      max: 24,
      unit: 'count',
      window: 'rolling',
      span: years(1),
    },
    {
      ...from18467('cn.cap.apheresis-volume'),
      group: ['platelets'],
      max: 10_000,
      unit: 'ml',
      window: 'rolling',
      span: years(1),
    },
  ],
  volumes: [
    {
      ...from18467('cn.volume.whole-blood'),
      procedure: 'whole-blood',
      allowed: [
        { minMl: 200, maxMl: 200 },
        { minMl: 300, maxMl: 300 },
        { minMl: 400, maxMl: 400 },
      ],
    },
    {
      // The standard speaks of units; what a unit's bag holds (125 to 300 ml) is recalled from GB 18469-2012. One unit may
      // come with up to 200 ml of plasma.
      rule: 'cn.volume.platelets',
      source: `${STANDARD}; GB 18469-2012 全血及成分血质量要求`,
      mark: 'R',
      procedure: 'platelets',
      allowed: [
        { platelets: 1, minMl: 125, maxMl: 500 },
        { platelets: 2, minMl: 250, maxMl: 600 },
      ],
    },
  ],
  deferrals: [
    wait('dental-care', days(3), '口腔护理（洗牙等）后 3 天', 'Dental care: 3 days'),
    wait(
      'extraction-or-minor-surgery',
      days(15),
      '拔牙或其他小手术后 15 天',
      'Tooth extraction or minor surgery: 15 days',
    ),
    wait(
      'appendix-hernia-tonsil-surgery',
      months(3),
      '阑尾切除、疝修补或扁桃体手术痊愈后 3 个月',
      'Appendix, hernia or tonsil surgery: 3 months after recovery',
    ),
    wait('major-surgery', months(6), '较大手术痊愈后 6 个月', 'Major surgery: 6 months after recovery'),
    // counted from the last day: three whole days follow it, and the fourth is free
    wait('menstruation', days(4), '月经期及前后 3 天', 'Menstruation and 3 days either side'),
    wait('pregnancy', undefined, '妊娠期', 'Pregnancy, while it lasts'),
    wait('miscarriage', months(6), '流产后 6 个月', 'Miscarriage: 6 months'),
    wait('delivery-or-breastfeeding', years(1), '分娩后及哺乳期未满 1 年', 'Delivery or breastfeeding: 1 year'),
    wait(
      'cold-or-gastroenteritis',
      weeks(1),
      '感冒或急性胃肠炎痊愈后 1 周',
      'Cold or gastroenteritis: 1 week after recovery',
    ),
    wait('pneumonia', months(3), '肺炎痊愈后 3 个月', 'Pneumonia: 3 months after recovery'),
    wait(
      'urinary-infection',
      months(1),
      '急性泌尿道感染痊愈后 1 个月',
      'Acute urinary infection: 1 month after recovery',
    ),
    wait('pyelonephritis', months(3), '肾盂肾炎痊愈后 3 个月', 'Pyelonephritis: 3 months after recovery'),
    wait('wound', weeks(1), '伤口愈合后 1 周', 'Wound: 1 week after it has healed'),
    wait(
      'skin-inflammation-local',
      weeks(1),
      '皮肤局限性炎症愈合后 1 周',
      'Local skin inflammation: 1 week after it has healed',
    ),
    wait(
      'skin-inflammation-wide',
      weeks(2),
      '皮肤广泛性炎症愈合后 2 周',
      'Wide skin inflammation: 2 weeks after it has healed',
    ),
    wait('eye-disease', weeks(1), '眼科疾病痊愈后 1 周', 'Eye disease: 1 week after recovery'),
    wait('eye-surgery', months(3), '眼科手术后 3 个月', 'Eye surgery: 3 months'),
    wait(
      'tattoo-or-sharps',
      years(1),
      '纹身或被污染的尖锐物品刺伤后 1 年',
      'Tattoo, or an injury with contaminated sharps: 1 year',
    ),
    wait(
      'hepatitis-a-or-typhoid',
      years(1),
      '甲型肝炎或伤寒痊愈后 1 年',
      'Hepatitis A or typhoid: 1 year after recovery',
    ),
    wait('dysentery', months(6), '痢疾痊愈后 6 个月', 'Dysentery: 6 months after recovery'),
    wait(
      'brucellosis-or-q-fever',
      years(2),
      '布鲁氏菌病或 Q 热痊愈后 2 年',
      'Brucellosis or Q fever: 2 years after recovery',
    ),
    wait('malaria-area', years(1), '离开疟疾流行地区后 1 年', 'Stay in a malaria area: 1 year after leaving'),
    wait('malaria', years(3), '疟疾痊愈后 3 年', 'Malaria: 3 years after recovery'),
    wait('toxoplasmosis', months(6), '弓形体病痊愈后 6 个月', 'Toxoplasmosis: 6 months after recovery'),
    wait(
      'aspirin',
      days(5),
      '服用阿司匹林类药物后 5 天（仅限献血小板）',
      'Aspirin-type drugs: 5 days (platelets only)',
      'platelets',
    ),
    wait(
      'vaccine-inactivated',
      days(1),
      '接种灭活、重组或类毒素疫苗后 24 小时',
      'Inactivated, recombinant or toxoid vaccine: 24 hours',
    ),
    wait(
      'vaccine-live-2-weeks',
      weeks(2),
      '接种麻疹、腮腺炎、脊髓灰质炎减毒活疫苗后 2 周',
      'Live measles, mumps or polio vaccine: 2 weeks',
    ),
    wait(
      'vaccine-live-4-weeks',
      weeks(4),
      '接种风疹、乙型脑炎减毒活疫苗，或未被咬伤而接种狂犬疫苗后 4 周',
      'Live rubella or Japanese encephalitis vaccine, or rabies vaccine without exposure: 4 weeks',
    ),
    wait('rabies-after-bite', years(1), '被动物咬伤后接种狂犬疫苗 1 年', 'Rabies vaccine after an animal bite: 1 year'),
    {
      ...wait(
        'covid-mild',
        days(7),
        '新冠病毒感染（非重型）末次阳性后 7 天',
        'COVID-19, not severe: 7 days after the last positive test',
      ),
      source: COVID,
    },
    {
      ...wait(
        'covid-severe',
        months(6),
        '新冠病毒感染（重型、危重型）康复后 6 个月',
        'COVID-19, severe: 6 months after recovery',
      ),
      source: COVID,
    },
  ],
  tests: [
    { ...fromProcedure('cn.test.hbsag'), code: 'hbsag', repeats: DUPLICATE },
    { ...fromProcedure('cn.test.anti-hcv'), code: 'anti-hcv', repeats: DUPLICATE },
    { ...fromProcedure('cn.test.hiv'), code: 'hiv-ag-ab', repeats: DUPLICATE },
    { rule: 'cn.test.syphilis', source: RECALLED, mark: 'R', code: 'syphilis', repeats: DUPLICATE },
    { rule: 'cn.test.alt', source: RECALLED, mark: 'R', code: 'alt', max: 50, unit: 'U/L', repeats: DUPLICATE },
  ],
  screening: [
    {
      ...from18467('cn.screening.systolic'),
      measure: 'systolic',
      label: { zh: '收缩压', en: 'Systolic pressure' },
      unit: 'mmHg',
      min: 90,
      below: 140,
    },
    {
      ...from18467('cn.screening.diastolic'),
      measure: 'diastolic',
      label: { zh: '舒张压', en: 'Diastolic pressure' },
      unit: 'mmHg',
      min: 60,
      below: 90,
    },
    {
      ...from18467('cn.screening.pulse-pressure'),
      measure: 'pulse-pressure',
      label: { zh: '脉压差', en: 'Pulse pressure' },
      unit: 'mmHg',
      min: 30,
    },
    {
      ...from18467('cn.screening.pulse'),
      measure: 'pulse',
      label: { zh: '脉搏', en: 'Pulse' },
      unit: '/min',
      min: 60,
      max: 100,
    },
    {
      ...from18467('cn.screening.pulse-athlete'),
      measure: 'pulse-athlete',
      label: { zh: '脉搏（高度耐力运动员）', en: 'Pulse (endurance athletes)' },
      unit: '/min',
      min: 50,
      max: 100,
    },
    {
      ...from18467('cn.screening.haemoglobin.male'),
      measure: 'haemoglobin',
      label: { zh: '血红蛋白（男）', en: 'Haemoglobin (men)' },
      unit: 'g/L',
      sex: 'male',
      min: 120,
    },
    {
      ...from18467('cn.screening.haemoglobin.female'),
      measure: 'haemoglobin',
      label: { zh: '血红蛋白（女）', en: 'Haemoglobin (women)' },
      unit: 'g/L',
      sex: 'female',
      min: 115,
    },
    {
      ...from18467('cn.screening.haematocrit'),
      measure: 'haematocrit',
      label: { zh: '红细胞比容', en: 'Haematocrit' },
      unit: '',
      procedure: 'platelets',
      min: 0.36,
    },
    {
      ...from18467('cn.screening.platelets'),
      measure: 'platelets',
      label: { zh: '采前血小板计数', en: 'Platelet count before donation' },
      unit: '×10⁹/L',
      procedure: 'platelets',
      min: 150,
      below: 450,
    },
  ],
  questions: cnQuestions,
  onTheDay: [
    { zh: '今天身体舒服吗？', en: 'Are you well today?' },
    { zh: '昨晚睡得好吗，今天吃过清淡的饭吗？', en: 'Have you slept well, and eaten something light?' },
    { zh: '血压、脉搏和血红蛋白由护士测量。', en: 'A nurse measures blood pressure, pulse and haemoglobin.' },
  ],
  units: { weight: 'kg', haemoglobin: 'g/L', temperature: '°C' },
  honours: {
    rule: 'cn.honours.contribution',
    source: '全国无偿献血表彰奖励办法（2022）',
    mark: 'C',
    contribution: [
      { level: 'bronze', from: 20 },
      { level: 'silver', from: 30 },
      { level: 'gold', from: 40 },
    ],
    timesPer200ml: 1,
    timesPerPlateletUnit: 1,
    times300ml: { value: 1.5, mark: 'R' },
    carryOver: { value: false, mark: 'R' },
    plateletUnitMl: { value: 200, mark: 'R' },
    lifetimeGolds: 3,
  },
};
