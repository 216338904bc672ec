import type { DeferralRule, Question, Sourced, Span } from '../domain/policy-pack.ts';
import { deferral } from './deferral.ts';
import { happened, illness, inMalariaArea, pregnant, taken } from './question-options.ts';
import { days, months, years } from './spans.ts';

/** Read on the service's own page, November 2026. */
const ofNorthernIreland = (rule: string): Sourced => ({
  rule,
  source: 'Northern Ireland Blood Transfusion Service, Can I donate? (nibts.hscni.net/donating-blood/can-i-donate)',
  mark: 'C',
});
const ofWales = (rule: string): Sourced => ({
  rule,
  source: 'Welsh Blood Service, Donating during the pandemic (welsh-blood.org.uk/donating-during-the-pandemic)',
  mark: 'C',
});
/** A town's guide that tells what the National Blood Service of England asks. */
const secondHand = (rule: string): Sourced => ({
  rule,
  source: 'National Blood Service, as told by northwalshamguide.co.uk',
  mark: 'C†',
});

const wait = (
  sourced: (rule: string) => Sourced,
  code: string,
  ...rest: [after: Span | undefined, zh: string, en: string, procedure?: DeferralRule['procedure']]
): DeferralRule => deferral(sourced(`uk.deferral.${code}`), code, ...rest);

/**
 * Waits that services of the United Kingdom publish for donors; their full guidelines were not read, and what is not here
 * is the station's to ask. Where services differ the longest wait read is taken: after malaria Wales asks for four months.
 */
export const ukDeferrals: readonly DeferralRule[] = [
  wait(secondHand, 'infection', days(14), '感染痊愈后 14 天', 'An infection: 14 days after recovery'),
  wait(ofWales, 'covid', days(7), '新冠病毒感染症状消失后 7 天', 'COVID-19: 7 days after the symptoms ended'),
  wait(secondHand, 'antibiotics', days(7), '抗生素疗程结束后 7 天', 'Antibiotics: 7 days after the last'),
  wait(secondHand, 'filling', days(1), '补牙后 24 小时', 'A simple filling: 24 hours'),
  wait(secondHand, 'extraction', days(7), '拔牙后 7 天', 'A simple extraction: 7 days'),
  wait(ofNorthernIreland, 'endoscopy', months(4), '胃镜、肠镜检查后 4 个月', 'An endoscopy or colonoscopy: 4 months'),
  wait(ofNorthernIreland, 'tattoo-or-piercing', months(4), '纹身或穿孔后 4 个月', 'A tattoo or piercing: 4 months'),
  wait(
    ofNorthernIreland,
    'malaria-area',
    years(1),
    '离开疟疾流行地区后 12 个月',
    'A stay in a malaria area: 12 months',
  ),
  wait(ofNorthernIreland, 'pregnancy', undefined, '妊娠期', 'Pregnancy, while it lasts'),
  wait(ofNorthernIreland, 'delivery', months(6), '分娩后 6 个月', 'Giving birth: 6 months'),
];

export const ukQuestions: readonly Question[] = [
  {
    id: 'illness',
    ask: { zh: '最近有没有得过感染性疾病，或吃过抗生素？', en: 'Have you had an infection, or antibiotics, lately?' },
    hint: { zh: '近一个月内的都算，可以选多项。', en: 'Count the last month. Choose all that apply.' },
    keeps: days(14),
    options: [
      illness('infection', '感冒、咳嗽等任何感染', 'Any infection, a cold or a cough too'),
      {
        code: 'covid',
        label: { zh: '新冠病毒感染', en: 'COVID-19' },
        when: { zh: '症状哪一天消失的？', en: 'Which day did your symptoms end?' },
        still: { zh: '还有症状', en: 'I still have symptoms' },
      },
      taken('antibiotics', '抗生素', 'Antibiotics'),
    ],
  },
  {
    id: 'teeth',
    ask: { zh: '最近补过牙或拔过牙吗？', en: 'Have you had a filling or a tooth out lately?' },
    hint: { zh: '近一周内的都算。', en: 'Count the last week.' },
    keeps: days(7),
    options: [happened('filling', '补牙', 'A filling'), happened('extraction', '拔牙', 'A tooth out')],
  },
  {
    id: 'endoscopy',
    ask: {
      zh: '过去四个月里做过胃镜或肠镜吗？',
      en: 'In the last four months, have you had an endoscopy or colonoscopy?',
    },
    keeps: months(1),
    options: [happened('endoscopy', '做过', 'Yes')],
  },
  {
    id: 'tattoo',
    ask: { zh: '过去四个月里纹过身或穿过孔吗？', en: 'In the last four months, have you had a tattoo or a piercing?' },
    keeps: months(1),
    options: [happened('tattoo-or-piercing', '有', 'Yes')],
  },
  {
    id: 'travel',
    ask: { zh: '过去一年里去过疟疾流行的地区吗？', en: 'In the last year, have you been in an area with malaria?' },
    hint: {
      zh: '去过别的国家，请带上行程：血站会当面问。',
      en: 'If you have been abroad at all, the station will ask where.',
    },
    keeps: months(1),
    options: [inMalariaArea],
  },
  {
    id: 'pregnancy',
    sex: 'female',
    ask: { zh: '以下哪些情况与您有关？', en: 'Does any of these concern you?' },
    keeps: months(3),
    options: [
      pregnant,
      {
        code: 'delivery',
        label: { zh: '半年内分娩过', en: 'I gave birth in the last six months' },
        when: { zh: '哪一天分娩的？', en: 'Which day did you give birth?' },
      },
    ],
  },
];
