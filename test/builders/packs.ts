import type { PolicyPack } from '../../shared/domain/policy-pack.ts';
import { PROCEDURES } from '../../shared/domain/vocabulary.ts';

const cited = (rule: string) => ({ rule, source: 'made up for tests', mark: 'R' as const });

const PLAIN = {
  questions: [],
  tests: [],
  onTheDay: [],
  units: { weight: 'kg', haemoglobin: 'g/L', temperature: '°C' },
} as const;

/** An invented country whose pack uses every shape of rule that China's does not. */
export const ELSEWHERE: PolicyPack = {
  id: 'elsewhere',
  version: '1',
  name: { zh: '别处', en: 'Elsewhere' },
  effectiveFrom: '2020-01-01',
  source: 'made up for tests',
  age: [
    { ...cited('age.whole'), procedure: 'whole-blood', minYears: 16, maxReading: 'through-year' },
    { ...cited('age.platelets'), procedure: 'platelets', minYears: 17, maxYears: 69, maxReading: 'through-year' },
  ],
  weight: [
    { ...cited('weight'), minKg: 50 },
    { ...cited('weight.platelets'), procedure: 'platelets', minKg: 55 },
  ],
  intervals: [
    {
      ...cited('whole.male'),
      from: 'whole-blood',
      to: 'whole-blood',
      sex: 'male',
      min: { value: 12, unit: 'week' },
    },
    {
      ...cited('whole.female'),
      from: 'whole-blood',
      to: 'whole-blood',
      sex: 'female',
      min: { value: 16, unit: 'week' },
    },
    {
      ...cited('whole.400-platelets'),
      from: 'whole-blood',
      to: 'platelets',
      fromVolumeMl: 400,
      min: { value: 8, unit: 'week' },
    },
    {
      ...cited('whole.200-platelets'),
      from: 'whole-blood',
      to: 'platelets',
      fromVolumeMl: 200,
      min: { value: 4, unit: 'week' },
    },
  ],
  caps: [
    {
      ...cited('cap.whole.female'),
      group: ['whole-blood'],
      sex: 'female',
      max: 800,
      unit: 'ml',
      window: 'rolling',
      span: { value: 52, unit: 'week' },
    },
    { ...cited('cap.year'), group: ['whole-blood', 'platelets'], max: 3, unit: 'count', window: 'calendar-year' },
  ],
  volumes: [
    {
      ...cited('volume'),
      procedure: 'whole-blood',
      allowed: [
        { minMl: 200, maxMl: 200 },
        { minMl: 400, maxMl: 400 },
      ],
    },
    { ...cited('volume.platelets'), procedure: 'platelets', allowed: [{ platelets: 1, minMl: 200, maxMl: 300 }] },
  ],
  deferrals: [],
  screening: [],
  ...PLAIN,
};

/**
 * Japan's figures, to hold the engine to rules China lacks: a year of 52 weeks, totals in millilitres by sex, intervals by
 * what was drawn. A visit is booked for a procedure, not for a bag, so its weight is the 200 ml one's; the 50 kg of a
 * 400 ml bag are for the desk.
 */
export const JAPAN: PolicyPack = {
  id: 'jp',
  version: 'test',
  name: { zh: '日本（测试用）', en: 'Japan, for tests' },
  effectiveFrom: '2020-01-01',
  source: 'figures for tests',
  age: [{ ...cited('jp.age'), minYears: 16, maxYears: 69, maxReading: 'through-year' }],
  weight: [
    { ...cited('jp.weight.male'), sex: 'male', minKg: 45 },
    { ...cited('jp.weight.female'), sex: 'female', minKg: 40 },
  ],
  intervals: [
    ...(
      [
        ['male', 12],
        ['female', 16],
      ] as const
    ).map(
      ([sex, weeks]) =>
        ({
          ...cited(`jp.interval.400-whole.${sex}`),
          from: 'whole-blood',
          to: 'whole-blood',
          fromVolumeMl: 400,
          sex,
          min: { value: weeks, unit: 'week' },
        }) as const,
    ),
    ...(
      [
        ['whole-blood', 200, 'whole-blood', 4],
        ['whole-blood', 400, 'platelets', 8],
        ['whole-blood', 200, 'platelets', 4],
      ] as const
    ).map(
      ([from, fromVolumeMl, to, weeks]) =>
        ({
          ...cited(`jp.interval.${fromVolumeMl}-${to}`),
          from,
          fromVolumeMl,
          to,
          min: { value: weeks, unit: 'week' },
        }) as const,
    ),
    { ...cited('jp.interval.platelets'), from: 'platelets', to: 'platelets', min: { value: 2, unit: 'week' } },
    { ...cited('jp.interval.platelets-whole'), from: 'platelets', to: 'whole-blood', min: { value: 2, unit: 'week' } },
  ],
  caps: (
    [
      ['male', 1_200],
      ['female', 800],
    ] as const
  ).map(([sex, max]) => ({
    ...cited(`jp.cap.whole.${sex}`),
    group: ['whole-blood'],
    sex,
    max,
    unit: 'ml',
    window: 'rolling',
    span: { value: 52, unit: 'week' },
  })),
  volumes: [
    {
      ...cited('jp.volume.whole-blood'),
      procedure: 'whole-blood',
      allowed: [
        { minMl: 200, maxMl: 200 },
        { minMl: 400, maxMl: 400 },
      ],
    },
    { ...cited('jp.volume.platelets'), procedure: 'platelets', allowed: [{ platelets: 1, minMl: 200, maxMl: 600 }] },
  ],
  deferrals: [],
  screening: [],
  ...PLAIN,
};

/**
 * Germany's figures: six or four within a year that rolls from the first donation of the set, a day short being a
 * refusal. A set is the last six (or four): as many may not lie within one year, so each leaves when it is a year old.
 */
export const GERMANY: PolicyPack = {
  id: 'de',
  version: 'test',
  name: { zh: '德国（测试用）', en: 'Germany, for tests' },
  effectiveFrom: '2020-01-01',
  source: 'figures for tests',
  age: [{ ...cited('de.age'), minYears: 18, maxReading: 'through-year' }],
  weight: [{ ...cited('de.weight'), minKg: 50 }],
  intervals: PROCEDURES.flatMap((from) =>
    PROCEDURES.map((to) => ({
      ...cited(`de.interval.${from}-${to}`),
      from,
      to,
      min: { value: from === 'whole-blood' ? 56 : 14, unit: 'day' },
    })),
  ),
  caps: (
    [
      ['male', 6],
      ['female', 4],
    ] as const
  ).map(([sex, max]) => ({
    ...cited(`de.cap.whole.${sex}`),
    group: ['whole-blood'],
    sex,
    max,
    unit: 'count',
    window: 'rolling',
    span: { value: 1, unit: 'year' },
  })),
  volumes: [
    { ...cited('de.volume.whole-blood'), procedure: 'whole-blood', allowed: [{ minMl: 500, maxMl: 500 }] },
    { ...cited('de.volume.platelets'), procedure: 'platelets', allowed: [{ platelets: 1, minMl: 200, maxMl: 600 }] },
  ],
  deferrals: [],
  screening: [],
  ...PLAIN,
};
