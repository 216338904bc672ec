import type { Question } from '../domain/policy-pack.ts';
import { happened, illness, inMalariaArea, pregnant, wound } from './question-options.ts';
import { days, months } from './spans.ts';

/**
 * The temporary deferrals of GB 18467-2011 as questions a donor can answer. The waits are the standard's; how the questions
 * are put, and how long an answer is taken as still true, is ours.
 */
export const cnQuestions: readonly Question[] = [
  {
    id: 'illness',
    ask: { zh: '最近有没有生过这些病？', en: 'Have you been ill with any of these lately?' },
    hint: { zh: '近半年内的都算，可以选多项。', en: 'Count the last six months. Choose all that apply.' },
    keeps: days(14),
    options: [
      illness('cold-or-gastroenteritis', '感冒或急性胃肠炎', 'A cold, or gastroenteritis'),
      {
        code: 'covid-mild',
        label: { zh: '新冠病毒感染（非重型）', en: 'COVID-19, not severe' },
        when: { zh: '最后一次检测阳性是哪一天？', en: 'Which day was your last positive test?' },
        still: { zh: '现在仍是阳性', en: 'I still test positive' },
      },
      illness('covid-severe', '新冠病毒感染（重型或危重型）', 'COVID-19, severe'),
      illness('pneumonia', '肺炎', 'Pneumonia'),
      illness('urinary-infection', '急性泌尿道感染', 'An acute urinary infection'),
      illness('pyelonephritis', '肾盂肾炎', 'Pyelonephritis (a kidney infection)'),
      illness('eye-disease', '眼科疾病', 'An eye disease'),
    ],
  },
  {
    id: 'skin',
    ask: { zh: '身上有没有伤口，或皮肤炎症？', en: 'Have you had a wound, or an inflammation of the skin?' },
    hint: { zh: '近一个月内的都算。', en: 'Count the last month.' },
    keeps: days(14),
    options: [
      wound('wound', '伤口', 'A wound'),
      wound('skin-inflammation-local', '小范围的皮肤炎症', 'An inflammation in one place'),
      wound('skin-inflammation-wide', '大范围的皮肤炎症', 'An inflammation over a wide area'),
    ],
  },
  {
    id: 'surgery',
    ask: { zh: '最近看过牙医、拔过牙或做过手术吗？', en: 'Have you had dental work or surgery lately?' },
    hint: { zh: '近一年内的都算，可以选多项。', en: 'Count the last year. Choose all that apply.' },
    keeps: days(30),
    options: [
      happened('dental-care', '洗牙、补牙等口腔护理', 'Dental care, such as cleaning or a filling'),
      happened('extraction-or-minor-surgery', '拔牙或其他小手术', 'A tooth pulled, or minor surgery'),
      illness(
        'appendix-hernia-tonsil-surgery',
        '阑尾切除、疝修补或扁桃体手术',
        'Surgery on the appendix, a hernia or the tonsils',
      ),
      illness('major-surgery', '较大的手术', 'Major surgery'),
      happened('eye-surgery', '眼科手术', 'Eye surgery'),
    ],
  },
  {
    id: 'tattoo',
    ask: {
      zh: '过去一年里纹过身，或被用过的针、刀等尖锐物品刺伤过吗？',
      en: 'In the last year, have you had a tattoo, or been hurt by a used needle or other sharp thing?',
    },
    keeps: months(3),
    options: [happened('tattoo-or-sharps', '有', 'Yes')],
  },
  {
    id: 'medicines',
    ask: {
      zh: '最近吃过阿司匹林一类的药吗？',
      en: 'Have you taken aspirin, or a medicine like it?',
    },
    hint: {
      zh: '只影响献血小板。药不要因为献血而停。',
      en: 'It matters for platelets only. Do not stop a medicine to give blood.',
    },
    keeps: days(7),
    options: [
      {
        code: 'aspirin',
        label: { zh: '吃过', en: 'Yes' },
        when: { zh: '最后一次是哪一天吃的？', en: 'Which day did you last take it?' },
        still: { zh: '现在还在吃', en: 'I am still taking it' },
      },
    ],
  },
  {
    id: 'vaccines',
    ask: { zh: '最近打过疫苗吗？', en: 'Have you been vaccinated lately?' },
    hint: {
      zh: '近一个月内的都算；被动物咬伤后打的狂犬疫苗，一年内的都算。',
      en: 'Count the last month; the last year for a rabies vaccine after an animal bite.',
    },
    keeps: days(30),
    options: [
      happened(
        'vaccine-inactivated',
        '灭活、重组或类毒素疫苗（流感、乙肝、破伤风等）',
        'An inactivated, recombinant or toxoid vaccine (flu, hepatitis B, tetanus …)',
      ),
      happened('vaccine-live-2-weeks', '麻疹、腮腺炎或脊髓灰质炎减毒活疫苗', 'A live measles, mumps or polio vaccine'),
      happened(
        'vaccine-live-4-weeks',
        '风疹或乙脑减毒活疫苗，或没有被咬伤而打的狂犬疫苗',
        'A live rubella or Japanese encephalitis vaccine, or a rabies vaccine without a bite',
      ),
      happened('rabies-after-bite', '被动物咬伤后打的狂犬疫苗', 'A rabies vaccine after an animal bite'),
    ],
  },
  {
    id: 'infections',
    ask: { zh: '过去三年里得过这些病吗？', en: 'Have you had any of these in the last three years?' },
    keeps: months(6),
    options: [
      illness('hepatitis-a-or-typhoid', '甲型肝炎或伤寒', 'Hepatitis A or typhoid'),
      illness('dysentery', '痢疾', 'Dysentery'),
      illness('brucellosis-or-q-fever', '布鲁氏菌病或 Q 热', 'Brucellosis or Q fever'),
      illness('toxoplasmosis', '弓形体病', 'Toxoplasmosis'),
      illness('malaria', '疟疾', 'Malaria'),
    ],
  },
  {
    id: 'travel',
    ask: {
      zh: '过去一年里去过疟疾流行的地区吗？',
      en: 'In the last year, have you been in an area with malaria?',
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
      happened('miscarriage', '半年内流产过', 'A miscarriage in the last six months'),
      {
        code: 'delivery-or-breastfeeding',
        label: { zh: '一年内分娩过（包括正在哺乳）', en: 'I gave birth in the last year, breastfeeding or not' },
        when: { zh: '哪一天分娩的？', en: 'Which day did you give birth?' },
      },
    ],
  },
  {
    id: 'period',
    sex: 'female',
    ask: { zh: '现在是月经期，或刚刚结束吗？', en: 'Are you having your period, or has it just ended?' },
    keeps: days(3),
    options: [
      {
        code: 'menstruation',
        label: { zh: '是', en: 'Yes' },
        when: { zh: '哪一天结束的？', en: 'Which day did it end?' },
        still: { zh: '还没有结束', en: 'It has not ended yet' },
      },
    ],
  },
];
