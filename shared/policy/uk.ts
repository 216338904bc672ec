import type { PolicyPack, Sourced } from '../domain/policy-pack.ts';
import { weeks, years } from './spans.ts';
import { ukDeferrals, ukQuestions } from './uk-questions.ts';

const SERVICES = 'UK blood services: who can give blood';
const confirmed = (rule: string): Sourced => ({ rule, source: SERVICES, mark: 'C' });
/** Not in the source read: recalled, or this pack's own reading. */
const recalled = (rule: string): Sourced => ({ rule, source: 'recalled, not verified', mark: 'R' });

/**
 * The United Kingdom. A physician of the station must sign the pack before it is used.
 *
 * Double red cells are left out, because no site offers them. `effectiveFrom` is this edition's own date: when each rule
 * came into force was not looked up.
 */
export const uk: PolicyPack = {
  id: 'uk',
  version: '2026-01-01',
  name: {
    zh: '英国：献血者条件（使用前须由医师签字确认）',
    en: 'United Kingdom: who can give blood (a physician must sign it before use)',
  },
  effectiveFrom: '2026-01-01',
  source: SERVICES,
  age: [
    // "First-time to the 66th birthday", read strictly: the birthday itself is too late. Who has given before has no upper age.
    { ...confirmed('uk.age'), minYears: 17, maxYears: 65, maxReading: 'through-year', maxFor: 'first-time' },
  ],
  weight: [{ ...confirmed('uk.weight'), minKg: 50 }],
  intervals: [
    {
      ...confirmed('uk.interval.whole-whole.male'),
      from: 'whole-blood',
      to: 'whole-blood',
      sex: 'male',
      min: weeks(12),
    },
    {
      ...confirmed('uk.interval.whole-whole.female'),
      from: 'whole-blood',
      to: 'whole-blood',
      sex: 'female',
      min: weeks(16),
    },
    { ...confirmed('uk.interval.whole-platelets'), from: 'whole-blood', to: 'platelets', min: weeks(4) },
    // Nothing was read about this way round: the wait between platelet donations stands in.
    { ...recalled('uk.interval.platelets-whole'), from: 'platelets', to: 'whole-blood', min: weeks(2) },
    { ...confirmed('uk.interval.platelets-platelets'), from: 'platelets', to: 'platelets', min: weeks(2) },
  ],
  caps: [
    {
      ...confirmed('uk.cap.whole.male'),
      group: ['whole-blood'],
      sex: 'male',
      max: 4,
      unit: 'count',
      window: 'rolling',
      span: years(1),
    },
    {
      ...confirmed('uk.cap.whole.female'),
      group: ['whole-blood'],
      sex: 'female',
      max: 3,
      unit: 'count',
      window: 'rolling',
      span: years(1),
    },
    // The 24 are with plasma donations, which no site offers.
    {
      ...confirmed('uk.cap.platelets'),
      group: ['platelets'],
      max: 24,
      unit: 'count',
      window: 'rolling',
      span: years(1),
    },
  ],
  volumes: [
    { ...recalled('uk.volume.whole-blood'), procedure: 'whole-blood', allowed: [{ minMl: 470, maxMl: 470 }] },
    {
      // A unit is read as one adult therapeutic dose, and a donation as one or two of them.
      ...recalled('uk.volume.platelets'),
      procedure: 'platelets',
      allowed: [
        { platelets: 1, minMl: 150, maxMl: 400 },
        { platelets: 2, minMl: 300, maxMl: 800 },
      ],
    },
  ],
  deferrals: ukDeferrals,
  // That there are mandatory tests, and that a repeatedly reactive donation is not released, was read (JPAC Red Book 9.2, 9.4); the list is recalled.
  tests: (['hbsag', 'anti-hcv', 'hiv-ag-ab', 'syphilis', 'hev-rna'] as const).map((code) => ({
    ...recalled(`uk.test.${code}`),
    code,
    repeats: 2,
  })),
  screening: [
    {
      ...confirmed('uk.screening.haemoglobin.male'),
      measure: 'haemoglobin',
      label: { zh: '血红蛋白（男）', en: 'Haemoglobin (men)' },
      unit: 'g/L',
      sex: 'male',
      min: 135,
    },
    {
      ...confirmed('uk.screening.haemoglobin.female'),
      measure: 'haemoglobin',
      label: { zh: '血红蛋白（女）', en: 'Haemoglobin (women)' },
      unit: 'g/L',
      sex: 'female',
      min: 125,
    },
  ],
  questions: ukQuestions,
  onTheDay: [
    {
      zh: '其他健康状况、用药、旅行和近期的手术，由血站当面询问。',
      en: 'The station asks about the rest of your health, your medicines, travel and recent surgery.',
    },
    { zh: '血红蛋白由护士测量。', en: 'A nurse measures your haemoglobin.' },
  ],
  units: { weight: 'kg', haemoglobin: 'g/L', temperature: '°C' },
};
