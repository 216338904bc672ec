import type { PolicyPack, Sourced } from '../domain/policy-pack.ts';
import { days, weeks, years } from './spans.ts';
import { usDeferrals, usQuestions } from './us-questions.ts';

const RED_CROSS = 'American Red Cross: eligibility requirements';
const secondHand = (rule: string): Sourced => ({ rule, source: RED_CROSS, mark: 'C†' });
/** Not in the source read: recalled, or this pack's own reading. */
const recalled = (rule: string): Sourced => ({ rule, source: 'recalled, not verified', mark: 'R' });

/**
 * The United States, as the Red Cross has it. A physician of the station must sign the pack before it is used.
 *
 * Double red cells are left out, because no site offers them. `effectiveFrom` is this edition's own date: when each rule
 * came into force was not looked up.
 */
export const us: PolicyPack = {
  id: 'us',
  version: '2026-01-01',
  name: {
    zh: '美国：献血者条件（使用前须由医师签字确认）',
    en: 'United States: who can give blood (a physician must sign it before use)',
  },
  effectiveFrom: '2026-01-01',
  source: RED_CROSS,
  age: [
    // In most states; some ask for a parent's consent or for 17, which the station's physician sets right.
    { ...secondHand('us.age.whole-blood'), procedure: 'whole-blood', minYears: 16, maxReading: 'through-year' },
    { ...secondHand('us.age.platelets'), procedure: 'platelets', minYears: 17, maxReading: 'through-year' },
  ],
  // 110 lb is 49.895 kg: rounded down, so that nobody of 110 lb is refused.
  weight: [{ ...secondHand('us.weight'), minKg: 49.89 }],
  intervals: [
    { ...secondHand('us.interval.whole-whole'), from: 'whole-blood', to: 'whole-blood', min: days(56) },
    { ...recalled('us.interval.whole-platelets'), from: 'whole-blood', to: 'platelets', min: weeks(8) },
    // Nothing was read about this way round: the wait between platelet donations stands in.
    { ...recalled('us.interval.platelets-whole'), from: 'platelets', to: 'whole-blood', min: days(7) },
    { ...secondHand('us.interval.platelets-platelets'), from: 'platelets', to: 'platelets', min: days(7) },
  ],
  caps: [
    {
      ...secondHand('us.cap.whole'),
      group: ['whole-blood'],
      max: 6,
      unit: 'count',
      window: 'rolling',
      span: years(1),
    },
    {
      ...secondHand('us.cap.platelets'),
      group: ['platelets'],
      max: 24,
      unit: 'count',
      window: 'rolling',
      span: years(1),
    },
  ],
  volumes: [
    { ...recalled('us.volume.whole-blood'), procedure: 'whole-blood', allowed: [{ minMl: 500, maxMl: 500 }] },
    {
      // A unit is read as one apheresis product for one patient, and a donation as a single or a double.
      ...recalled('us.volume.platelets'),
      procedure: 'platelets',
      allowed: [
        { platelets: 1, minMl: 150, maxMl: 400 },
        { platelets: 2, minMl: 300, maxMl: 800 },
      ],
    },
  ],
  deferrals: usDeferrals,
  // The agents are the regulation's; by which of the approved tests each is looked for, and what outweighs a reactive run, is recalled.
  tests: (['hbsag', 'anti-hcv', 'hiv-ag-ab', 'anti-htlv', 'syphilis', 'wnv-rna', 'anti-t-cruzi'] as const).map(
    (code) => ({ rule: `us.test.${code}`, source: '21 CFR 610.40(a)', mark: 'C†', code, repeats: 2 }),
  ),
  screening: [
    {
      ...secondHand('us.screening.haemoglobin.male'),
      measure: 'haemoglobin',
      label: { zh: '血红蛋白（男）', en: 'Haemoglobin (men)' },
      unit: 'g/L',
      sex: 'male',
      min: 130,
    },
    {
      ...secondHand('us.screening.haemoglobin.female'),
      measure: 'haemoglobin',
      label: { zh: '血红蛋白（女）', en: 'Haemoglobin (women)' },
      unit: 'g/L',
      sex: 'female',
      min: 125,
    },
  ],
  questions: usQuestions,
  onTheDay: [
    {
      zh: '其他健康状况、用药、去过的国家和近期的手术，由血站当面询问。',
      en: 'The station asks about the rest of your health, your medicines, where you have been, and recent surgery.',
    },
    { zh: '血红蛋白由护士测量。', en: 'A nurse measures your haemoglobin.' },
  ],
  units: { weight: 'lb', haemoglobin: 'g/dL', temperature: '°F' },
};
