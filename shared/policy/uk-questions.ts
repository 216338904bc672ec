import type { DeferralRule, Question, Sourced, Span } from '../domain/policy-pack.ts';
import { happened, illness } from './question-options.ts';
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

const deferral = (
  sourced: (rule: string) => Sourced,
  code: string,
  after: Span | undefined,
  zh: string,
  en: string,
): DeferralRule => ({ ...sourced(`uk.deferral.${code}`), code, label: { zh, en }, ...(after && { after }) });

/**
 * Waits that services of the United Kingdom publish for donors; their full guidelines were not read, and what is not here
 * is the station's to ask. Where services differ the longest wait read is taken: after malaria Wales asks for four months.
 */
export const ukDeferrals: readonly DeferralRule[] = [
  deferral(secondHand, 'infection', days(14), '感染痊愈后 14 天', 'An infection: 14 days after recovery'),
  deferral(ofWales, 'covid', days(7), '新冠病毒感染症状消失后 7 天', 'COVID-19: 7 days after the symptoms ended'),
  deferral(secondHand, 'antibiotics', days(7), '抗生素疗程结束后 7 天', 'Antibiotics: 7 days after the last'),
  deferral(secondHand, 'filling', days(1), '补牙后 24 小时', 'A simple filling: 24 hours'),
  deferral(secondHand, 'extraction', days(7), '拔牙后 7 天', 'A simple extraction: 7 days'),
  deferral(
    ofNorthernIreland,
    'endoscopy',
    months(4),
    '胃镜、肠镜检查后 4 个月',
    'An endoscopy or colonoscopy: 4 months',
  ),
  deferral(ofNorthernIreland, 'tattoo-or-piercing', months(4), '纹身或穿孔后 4 个月', 'A tattoo or piercing: 4 months'),
  deferral(
    ofNorthernIreland,
    'malaria-area',
    years(1),
    '离开疟疾流行地区后 12 个月',
    'A stay in a malaria area: 12 months',
  ),
  deferral(ofNorthernIreland, 'pregnancy', undefined, '妊娠期', 'Pregnancy, while it lasts'),
  deferral(ofNorthernIreland, 'delivery', months(6), '分娩后 6 个月', 'Giving birth: 6 months'),
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
      {
        code: 'antibiotics',
        label: { zh: '抗生素', en: 'Antibiotics' },
        when: { zh: '最后一次是哪一天吃的？', en: 'Which day did you take the last?' },
        still: { zh: '现在还在吃', en: 'I am still taking them' },
      },
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
    options: [
      {
        code: 'malaria-area',
        label: { zh: '去过', en: 'Yes' },
        when: { zh: '哪一天离开的？', en: 'Which day did you leave it?' },
        still: { zh: '现在还在那里', en: 'I am still there' },
      },
    ],
  },
  {
    id: 'pregnancy',
    sex: 'female',
    ask: { zh: '以下哪些情况与您有关？', en: 'Does any of these concern you?' },
    keeps: months(3),
    options: [
      { code: 'pregnancy', label: { zh: '正在怀孕', en: 'I am pregnant' }, still: { zh: '是', en: 'Yes' } },
      {
        code: 'delivery',
        label: { zh: '半年内分娩过', en: 'I gave birth in the last six months' },
        when: { zh: '哪一天分娩的？', en: 'Which day did you give birth?' },
      },
    ],
  },
];
