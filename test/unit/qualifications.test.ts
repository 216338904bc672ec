import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alsoDeclared,
  confirmed,
  declared,
  type HeldQualification,
  isSkill,
  isTraining,
  joinQualifications,
  missingOf,
  namesOf,
  QUALIFICATION_NAMES,
} from '../../shared/domain/qualifications.ts';
import { type Qualification, SKILLS, TRAININGS } from '../../shared/domain/vocabulary.ts';

const ALL = [...SKILLS, ...TRAININGS];
const own = (qualification: Qualification): HeldQualification => ({ qualification });
const by = (qualification: Qualification, until?: string): HeldQualification => ({
  qualification,
  by: 'helpers',
  ...(until && { until }),
});

it('each skill and training has a name of its own in both languages', () => {
  for (const language of ['zh', 'en'] as const) {
    const names = ALL.map((each) => QUALIFICATION_NAMES[each][language]);
    expect(new Set(names).size).toBe(ALL.length);
    for (const name of names) expect(name).toBeTruthy();
  }
  expect(namesOf(['driving', 'first-aid'])).toEqual({ zh: '驾驶、急救培训', en: 'Driving, First-aid training' });
});

it('each is either a skill or a training', () => {
  expect(ALL.filter(isTraining)).toEqual(TRAININGS);
  expect(ALL.filter(isSkill)).toEqual(SKILLS);
});

it('what is missing is what nobody said of themselves or, of a training, no organiser has confirmed for that day', () => {
  const held = [own('driving'), own('first-aid'), by('induction', '2026-11-28'), by('english', '2026-11-27')];
  expect(missingOf(['driving', 'sewing', 'first-aid', 'induction', 'english'], held, '2026-11-28')).toEqual([
    'sewing',
    'first-aid',
    'english',
  ]);
});

describe('what somebody says of themselves', () => {
  it('stands in place of what they said before; what was confirmed stays, and nobody trains themselves', () => {
    const held = [own('driving'), by('sewing'), by('first-aid')];
    expect(declared(held, ['english', 'sewing', 'induction'])).toEqual([by('sewing'), by('first-aid'), own('english')]);
    expect(declared([own('english')], ['english'])).toEqual([own('english')]);
    expect(declared(held, [])).toEqual([by('sewing'), by('first-aid')]);
  });

  it('of some skills leaves the others as they were', () => {
    const held = [own('driving'), by('sewing')];
    expect(alsoDeclared(held, ['english', 'sewing'])).toEqual([by('sewing'), own('driving'), own('english')]);
    expect(alsoDeclared(held, ['driving'])).toEqual([by('sewing'), own('driving')]);
  });
});

describe('what an organiser confirms', () => {
  const held = [own('driving'), by('first-aid', '2026-12-31'), own('english')];
  it('stands in place of what was known of it', () => {
    const confirmation = { by: 'helpers', until: '2027-12-31' };
    expect(confirmed(held, 'driving', confirmation)).toEqual([...held.slice(1), by('driving', '2027-12-31')]);
    expect(confirmed(held, 'first-aid', { by: 'helpers' })).toEqual([own('driving'), own('english'), by('first-aid')]);
  });

  it('and takes back leaves somebody their own word of a skill, and nothing of a training', () => {
    expect(confirmed([by('driving')], 'driving', undefined)).toEqual([own('driving')]);
    expect(confirmed(held, 'first-aid', undefined)).toEqual([own('driving'), own('english')]);
  });
});

it('two records of one person know each skill once: confirmed before said, and the longest', () => {
  const ranked = [own('driving'), by('driving', '2026-12-31'), by('driving', '2027-01-01'), by('driving')];
  const rank = fc.integer({ min: 0, max: ranked.length - 1 });
  fc.assert(
    fc.property(rank, rank, (a, b) => {
      const pick = (n: number) => [ranked[n] as HeldQualification, by('sewing')];
      expect(joinQualifications(pick(a), pick(b))).toEqual(pick(Math.max(a, b)));
    }),
  );
  const others = { ...by('driving', '2026-12-31'), by: 'others' };
  expect(joinQualifications([by('driving', '2026-12-31')], [others])).toEqual([by('driving', '2026-12-31')]);
  expect(joinQualifications([own('driving')], [own('english')])).toEqual([own('driving'), own('english')]);
});
