import type { DeferralRule, Question, Sourced, Span } from '../domain/policy-pack.ts';
import { deferral } from './deferral.ts';
import { happened, pregnant, taken } from './question-options.ts';
import { days, months, weeks } from './spans.ts';

/** An earlier edition of the Red Cross's own page, which bears no date. */
const ofRedCross = (rule: string): Sourced => ({
  rule,
  source: 'American Red Cross, Eligibility criteria by topic (redcrossblood.org), an undated edition',
  mark: 'C†',
});
/** What donors are told at a university's drive with the Red Cross. */
const ofDrive = (rule: string): Sourced => ({
  rule,
  source: 'American Red Cross, as told by bloodbattle.org',
  mark: 'C†',
});
/** The list of medicines that blood centres of the United States hand out. */
const ofCentres = (rule: string): Sourced => ({
  rule,
  source: 'Medication deferral list, as handed out by United Blood Services and the San Diego Blood Bank',
  mark: 'C†',
});

const wait = (
  sourced: (rule: string) => Sourced,
  code: string,
  ...rest: [after: Span | undefined, zh: string, en: string, procedure?: DeferralRule['procedure']]
): DeferralRule => deferral(sourced(`us.deferral.${code}`), code, ...rest);

/** Waits that were read; what is not here is the station's to ask. Travel is: what the Red Cross asks after malaria was not read. */
export const usDeferrals: readonly DeferralRule[] = [
  wait(ofRedCross, 'antibiotic-injection', days(10), '注射抗生素后 10 天', 'An antibiotic by injection: 10 days'),
  // Two full days: taken on a Monday, platelets may be given on Thursday.
  wait(
    ofCentres,
    'aspirin',
    days(3),
    '服用阿司匹林后满 2 天（仅限献血小板）',
    'Aspirin: 2 full days (platelets only)',
    'platelets',
  ),
  wait(
    ofCentres,
    'isotretinoin-or-finasteride',
    months(1),
    '服用异维 A 酸或非那雄胺后 1 个月',
    'Isotretinoin or finasteride: 1 month',
  ),
  wait(ofCentres, 'dutasteride', months(6), '服用度他雄胺后 6 个月', 'Dutasteride: 6 months'),
  wait(
    ofRedCross,
    'vaccine-2-weeks',
    weeks(2),
    '接种腮腺炎、口服脊髓灰质炎或黄热病疫苗后 2 周',
    'Mumps, oral polio or yellow fever vaccine: 2 weeks',
  ),
  wait(ofRedCross, 'vaccine-hepatitis-b', days(21), '接种乙肝疫苗后 21 天', 'Hepatitis B vaccine: 21 days'),
  // Of measles alone the page read asks for two weeks, and a later one is quoted with four: the longer is taken.
  wait(
    ofRedCross,
    'vaccine-4-weeks',
    weeks(4),
    '接种麻疹、风疹、麻腮风、水痘或带状疱疹活疫苗后 4 周',
    'Measles, rubella, MMR, chickenpox or live shingles vaccine: 4 weeks',
  ),
  wait(
    ofRedCross,
    'vaccine-smallpox',
    weeks(8),
    '接种天花疫苗（无并发症）后 8 周',
    'Smallpox vaccine without complications: 8 weeks',
  ),
  wait(
    ofDrive,
    'tattoo',
    months(3),
    '在不受监管的州纹身后 3 个月',
    'A tattoo in a state that does not regulate tattooing: 3 months',
  ),
  wait(
    ofDrive,
    'piercing',
    months(3),
    '用可重复使用的器具穿孔后 3 个月',
    'A piercing with reusable instruments: 3 months',
  ),
  wait(ofCentres, 'pregnancy', undefined, '妊娠期', 'Pregnancy, while it lasts'),
  wait(ofCentres, 'delivery', weeks(6), '妊娠结束后 6 周', 'The end of a pregnancy: 6 weeks'),
];

export const usQuestions: readonly Question[] = [
  {
    id: 'medicines',
    ask: { zh: '最近用过这些药吗？', en: 'Have you taken any of these lately?' },
    hint: {
      zh: '阿司匹林只影响献血小板。药不要因为献血而停。',
      en: 'Aspirin matters for platelets only. Do not stop a medicine to give blood.',
    },
    keeps: days(7),
    options: [
      taken('aspirin', '阿司匹林', 'Aspirin'),
      taken('antibiotic-injection', '注射的抗生素', 'An antibiotic by injection'),
      taken(
        'isotretinoin-or-finasteride',
        '异维 A 酸（治痤疮）或非那雄胺（治脱发、前列腺）',
        'Isotretinoin (for acne) or finasteride (for hair or the prostate)',
      ),
      taken('dutasteride', '度他雄胺（前列腺）', 'Dutasteride (for the prostate)'),
    ],
  },
  {
    id: 'vaccines',
    ask: { zh: '过去两个月里打过这些疫苗吗？', en: 'In the last two months, have you had any of these vaccines?' },
    hint: { zh: '流感、破伤风、HPV 疫苗不影响。', en: 'Flu, tetanus and HPV vaccines make no difference.' },
    keeps: days(30),
    options: [
      happened(
        'vaccine-4-weeks',
        '麻疹、风疹、麻腮风、水痘或带状疱疹活疫苗',
        'Measles, rubella, MMR, chickenpox or live shingles',
      ),
      happened('vaccine-2-weeks', '腮腺炎、口服脊髓灰质炎或黄热病疫苗', 'Mumps, polio by mouth or yellow fever'),
      happened('vaccine-hepatitis-b', '乙肝疫苗', 'Hepatitis B'),
      happened('vaccine-smallpox', '天花疫苗', 'Smallpox'),
    ],
  },
  {
    id: 'tattoo',
    ask: { zh: '过去三个月里纹过身或穿过孔吗？', en: 'In the last three months, have you had a tattoo or a piercing?' },
    hint: {
      zh: '在受监管的店里纹身、用一次性器具穿孔，不影响。',
      en: 'A tattoo from a state-regulated shop, or a piercing with single-use instruments, makes no difference.',
    },
    keeps: months(1),
    options: [
      happened(
        'tattoo',
        '在不受监管的州纹身，或不清楚',
        'A tattoo in a state that does not regulate it, or I do not know',
      ),
      happened(
        'piercing',
        '用可重复使用的器具穿孔，或不清楚',
        'A piercing with reusable instruments, or I do not know',
      ),
    ],
  },
  {
    id: 'pregnancy',
    sex: 'female',
    ask: { zh: '以下哪些情况与您有关？', en: 'Does any of these concern you?' },
    keeps: months(1),
    options: [
      pregnant,
      {
        code: 'delivery',
        label: { zh: '六周内分娩过，或妊娠终止', en: 'A pregnancy of mine ended in the last six weeks' },
        when: { zh: '哪一天？', en: 'Which day was it?' },
      },
    ],
  },
];
