import type { PolicyPack } from '../../shared/domain/policy-pack.ts';

const cited = (rule: string) => ({ rule, source: 'made up for tests', mark: 'R' as const });

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
};
