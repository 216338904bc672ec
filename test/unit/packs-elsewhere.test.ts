import { describe, expect, test } from 'vitest';
import { addSpan } from '../../shared/domain/dates.ts';
import { decideDonation, earliestDonation, volumeAllowed } from '../../shared/domain/eligibility.ts';
import type { PolicyPack } from '../../shared/domain/policy-pack.ts';
import type { EligibilityFacts, PastDonation } from '../../shared/domain/refusal.ts';
import type { LocalDate, Procedure } from '../../shared/domain/vocabulary.ts';
import { uk } from '../../shared/policy/uk.ts';
import { us } from '../../shared/policy/us.ts';
import { platelets, someone, wholeBlood } from '../builders/facts.ts';
import { GERMANY, JAPAN } from '../builders/packs.ts';

const day = (date: LocalDate, n: number): LocalDate => addSpan(date, { value: n, unit: 'day' });
const codes = (pack: PolicyPack, facts: EligibilityFacts, procedure: Procedure, date: LocalDate) => {
  const decision = decideDonation(pack, facts, { procedure, date });
  return decision.ok ? [] : decision.reasons.map(({ code }) => code);
};
/** Refused the day before for this reason alone, and welcome on the day. */
const opens = (pack: PolicyPack, facts: EligibilityFacts, procedure: Procedure, on: LocalDate, reason: string) => {
  expect(codes(pack, facts, procedure, day(on, -1))).toEqual([reason]);
  expect(codes(pack, facts, procedure, on)).toEqual([]);
  expect(earliestDonation(pack, facts, procedure, day(on, -1))).toBe(on);
};
const man = (donations: readonly PastDonation[]) => someone({ donations, repeatDonor: donations.length > 0 });
const woman = (donations: readonly PastDonation[]) => ({ ...man(donations), sex: 'female' as const });

describe('the UK pack', () => {
  const first = '2026-03-02';

  test.each([
    ['a man', man, 'whole-blood', wholeBlood(first, 470), '2026-05-25'],
    ['a woman', woman, 'whole-blood', wholeBlood(first, 470), '2026-06-22'],
    ['a man', man, 'platelets', wholeBlood(first, 470), '2026-03-30'],
    ['a woman', woman, 'platelets', platelets(first), '2026-03-16'],
    ['a man', man, 'whole-blood', platelets(first), '2026-03-16'],
  ] as const)(
    'lets %s give again: 12 or 16 weeks by sex, 4 to platelets, 2 after them',
    (_, who, procedure, given, on) => {
      opens(uk, who([given]), procedure, on, 'interval');
    },
  );

  test.each([
    ['four', man, ['2026-01-10', '2026-04-10', '2026-07-10', '2026-10-10']],
    ['three', woman, ['2026-01-10', '2026-05-10', '2026-09-10']],
  ] as const)('takes at most %s whole-blood donations in any year', (_, who, dates) => {
    const donations = dates.map((date) => wholeBlood(date, 470));
    opens(uk, who(donations), 'whole-blood', '2027-01-10', 'yearly-cap');
    expect(codes(uk, who(donations.slice(1)), 'whole-blood', '2027-01-09')).toEqual([]);
  });

  test('takes at most 24 platelet donations in any year', () => {
    const donations = Array.from({ length: 24 }, (_, n) => platelets(day('2026-01-10', 15 * n)));
    opens(uk, man(donations), 'platelets', '2027-01-10', 'yearly-cap');
  });

  test('opens at 17 and at 50 kg', () => {
    opens(uk, someone({ birthDate: '2009-11-23' }), 'whole-blood', '2026-11-23', 'too-young');
    expect(codes(uk, someone({ weightKg: 50 }), 'platelets', '2026-11-23')).toEqual([]);
    expect(codes(uk, someone({ weightKg: 49.9 }), 'platelets', '2026-11-23')).toEqual(['too-light']);
  });

  test('closes to those who have never given on the 66th birthday, and never to those who have', () => {
    expect(uk.age.map(({ maxReading }) => maxReading)).toEqual(['through-year']);
    const birthDate = '1960-11-23';
    const never = someone({ birthDate });
    expect(codes(uk, never, 'whole-blood', '2026-11-22')).toEqual([]);
    expect(decideDonation(uk, never, { procedure: 'whole-blood', date: '2026-11-23' })).toEqual({
      ok: false,
      reasons: [{ code: 'too-old', rule: 'uk.age', source: uk.source, mark: 'C', params: { years: 65 } }],
    });
    expect(earliestDonation(uk, never, 'whole-blood', '2026-11-23')).toBeUndefined();
    expect(codes(uk, { ...never, repeatDonor: true }, 'whole-blood', '2026-11-23')).toEqual([]);
    expect(codes(uk, { ...never, repeatDonor: true }, 'platelets', '2046-11-23')).toEqual([]);
  });
});

describe('the US pack', () => {
  const first = '2026-03-02';

  test.each([
    ['whole blood to whole blood: 56 days', 'whole-blood', wholeBlood(first, 500), '2026-04-27'],
    ['whole blood to platelets: 8 weeks', 'platelets', wholeBlood(first, 500), '2026-04-27'],
    ['platelets to platelets: 7 days', 'platelets', platelets(first), '2026-03-09'],
    ['platelets to whole blood: 7 days', 'whole-blood', platelets(first), '2026-03-09'],
  ] as const)('has the same interval for all from %s', (_, procedure, given, on) => {
    opens(us, man([given]), procedure, on, 'interval');
    opens(us, woman([given]), procedure, on, 'interval');
  });

  test('takes at most six whole-blood and 24 platelet donations in any year', () => {
    const whole = Array.from({ length: 6 }, (_, n) => wholeBlood(day('2026-01-10', 57 * n), 500));
    opens(us, woman(whole), 'whole-blood', '2027-01-10', 'yearly-cap');
    const apheresis = Array.from({ length: 24 }, (_, n) => platelets(day('2026-01-10', 14 * n)));
    opens(us, man(apheresis), 'platelets', '2027-01-10', 'yearly-cap');
  });

  test('opens whole blood at 16 and platelets at 17, and has no upper age', () => {
    expect(us.age.map(({ maxYears, maxReading }) => [maxYears, maxReading])).toEqual([
      [undefined, 'through-year'],
      [undefined, 'through-year'],
    ]);
    const young = someone({ birthDate: '2010-11-23' });
    opens(us, young, 'whole-blood', '2026-11-23', 'too-young');
    opens(us, young, 'platelets', '2027-11-23', 'too-young');
    expect(codes(us, someone({ birthDate: '1930-01-01' }), 'whole-blood', '2026-11-23')).toEqual([]);
  });

  test('asks for 110 lb, however they are rounded', () => {
    expect(codes(us, someone({ weightKg: 110 * 0.453_592_37 }), 'whole-blood', '2026-11-23')).toEqual([]);
    expect(codes(us, someone({ weightKg: 49.8 }), 'whole-blood', '2026-11-23')).toEqual(['too-light']);
  });
});

describe.each([
  ['UK', uk, 470, 125, 135, ['interval.platelets-whole', 'volume.platelets', 'volume.whole-blood']],
  [
    'US',
    us,
    500,
    125,
    130,
    ['interval.platelets-whole', 'interval.whole-platelets', 'volume.platelets', 'volume.whole-blood'],
  ],
] as const)('the %s pack', (_, pack, bag, women, men, recalled) => {
  test('draws one bag of whole blood, and one or two units of platelets', () => {
    expect(volumeAllowed(pack, { procedure: 'whole-blood', volumeMl: bag })).toBe(true);
    for (const volumeMl of [bag - 1, bag + 1]) {
      expect(volumeAllowed(pack, { procedure: 'whole-blood', volumeMl })).toBe(false);
    }
    const drawn = (units: 1 | 2, volumeMl: number) =>
      volumeAllowed(pack, { procedure: 'platelets', platelets: units, volumeMl });
    expect([149, 150, 400, 401].map((ml) => drawn(1, ml))).toEqual([false, true, true, false]);
    expect([299, 300, 800, 801].map((ml) => drawn(2, ml))).toEqual([false, true, true, false]);
    expect(volumeAllowed(pack, { procedure: 'platelets', volumeMl: 300 })).toBe(false);
  });

  test('screens haemoglobin by sex', () => {
    expect(pack.screening.map(({ measure, unit, sex, min, max }) => [measure, unit, sex, min, max])).toEqual([
      ['haemoglobin', 'g/L', 'male', men, undefined],
      ['haemoglobin', 'g/L', 'female', women, undefined],
    ]);
  });

  test('marks what is recalled, and says where the rest stands', () => {
    const rules = [...pack.age, ...pack.weight, ...pack.intervals, ...pack.caps, ...pack.volumes, ...pack.screening];
    const marked = rules.filter(({ mark }) => mark === 'R');
    expect(marked.map(({ rule }) => rule.slice(3)).toSorted()).toEqual(recalled);
    expect(new Set(marked.map(({ source }) => source))).toEqual(new Set(['recalled, not verified']));
    const others = rules.filter(({ mark }) => mark !== 'R');
    expect(new Set(others.map(({ source }) => source))).toEqual(new Set([pack.source]));
    expect(new Set(others.map(({ mark }) => mark))).toEqual(new Set([pack === uk ? 'C' : 'C†']));
  });

  test('says in its name that a physician must sign it', () => {
    expect(pack.name.en).toContain('a physician must sign it before use');
    expect(pack.name.zh).toContain('使用前须由医师签字');
  });
});

describe('Japan’s rules', () => {
  test.each([
    ['400 ml, a man: 12 weeks', man, 'whole-blood', wholeBlood('2026-03-02', 400), '2026-05-25'],
    ['400 ml, a woman: 16 weeks', woman, 'whole-blood', wholeBlood('2026-03-02', 400), '2026-06-22'],
    ['200 ml, a woman: 4 weeks', woman, 'whole-blood', wholeBlood('2026-03-02', 200), '2026-03-30'],
    ['400 ml to platelets: 8 weeks', man, 'platelets', wholeBlood('2026-03-02', 400), '2026-04-27'],
    ['200 ml to platelets: 4 weeks', man, 'platelets', wholeBlood('2026-03-02', 200), '2026-03-30'],
    ['platelets: 2 weeks', woman, 'platelets', platelets('2026-03-02', 1), '2026-03-16'],
  ] as const)('count the same weekday after %s', (_, who, procedure, given, on) => {
    opens(JAPAN, who([given]), procedure, on, 'interval');
  });

  test('let women give 800 ml and men 1,200 within 52 weeks, to the day', () => {
    const given = [wholeBlood('2026-01-05', 400), wholeBlood('2026-05-11', 200), wholeBlood('2026-08-31', 200)];
    expect(day('2026-01-05', 52 * 7)).toBe('2027-01-04');
    opens(JAPAN, woman(given), 'whole-blood', '2027-01-04', 'yearly-cap');
    expect(codes(JAPAN, man(given), 'whole-blood', '2026-12-01')).toEqual([]);
    const more = [...given, wholeBlood('2026-10-05', 400)];
    opens(JAPAN, man(more), 'whole-blood', '2027-01-04', 'yearly-cap');
    expect(codes(JAPAN, man(more), 'platelets', '2027-01-03')).toEqual([]);
  });

  test('need room for the smallest bag, not for the usual one', () => {
    const given = [wholeBlood('2026-01-05', 400), wholeBlood('2026-05-11', 200)];
    expect(codes(JAPAN, woman(given), 'whole-blood', '2026-12-01')).toEqual([]);
    expect(codes(JAPAN, woman([...given, wholeBlood('2026-09-07', 200)]), 'whole-blood', '2026-12-01')).toEqual([
      'yearly-cap',
    ]);
  });

  test('end with the 69th year', () => {
    const who = someone({ birthDate: '1956-11-24' });
    expect(codes(JAPAN, who, 'platelets', '2026-11-23')).toEqual([]);
    expect(decideDonation(JAPAN, who, { procedure: 'platelets', date: '2026-11-24' })).toMatchObject({
      reasons: [{ code: 'too-old', params: { years: 69 } }],
    });
  });
});

describe('Germany’s rules', () => {
  const every = (days: number, n: number, first: LocalDate) =>
    Array.from({ length: n }, (_, k) => wholeBlood(day(first, days * k), 500));

  test('roll the year from the first donation of the set, and refuse when it is a day short', () => {
    opens(GERMANY, man(every(56, 6, '2026-02-01')), 'whole-blood', '2027-02-01', 'yearly-cap');
    opens(GERMANY, woman(every(57, 4, '2026-02-01')), 'whole-blood', '2027-02-01', 'yearly-cap');
    expect(codes(GERMANY, man(every(57, 4, '2026-02-01')), 'whole-blood', '2027-01-31')).toEqual([]);
  });

  test('begin no new year on New Year’s Day', () => {
    const given = every(56, 6, '2026-03-15');
    expect(codes(GERMANY, man(given), 'whole-blood', '2027-01-01')).toContain('yearly-cap');
  });

  test('roll on to the next donation of the set once the first is a year old', () => {
    const given = [...every(70, 6, '2026-02-01').slice(1), wholeBlood('2027-02-01', 500)];
    opens(GERMANY, man(given), 'whole-blood', '2027-04-12', 'yearly-cap');
  });

  test('from a leap day run to the last day of February', () => {
    opens(GERMANY, woman(every(57, 4, '2028-02-29')), 'whole-blood', '2029-02-28', 'yearly-cap');
  });
});
