import { describe, expect, test } from 'vitest';
import type { PolicyPack, Sourced } from '../../shared/domain/policy-pack.ts';
import { PROCEDURES } from '../../shared/domain/vocabulary.ts';
import { cn } from '../../shared/policy/cn.ts';
import { NoPolicyPackError, PACK_IDS, PACKS, packFor } from '../../shared/policy/index.ts';

describe('the pack in force', () => {
  test('is the one whose dates hold the day', () => {
    expect(packFor('cn', '2012-07-01')).toBe(cn);
    expect(packFor('cn', '2026-12-20')).toBe(cn);
    expect(PACK_IDS).toEqual(['cn', 'uk', 'us']);
  });

  test.each([
    ['cn', '2012-06-30'],
    ['atlantis', '2026-12-20'],
  ])('of %s on %s is none, and that is said by name', (id, date) => {
    expect(() => packFor(id, date)).toThrow(NoPolicyPackError);
    expect(() => packFor(id, date)).toThrow(`'${id}'`);
    expect(() => packFor(id, date)).toThrow(expect.objectContaining({ name: 'NoPolicyPackError', packId: id, date }));
  });

  test('changes on the date of a new edition', () => {
    const old: PolicyPack = { ...cn, effectiveTo: '2027-01-01' };
    const next: PolicyPack = { ...cn, version: '2027-01-01', effectiveFrom: '2027-01-01' };
    for (const editions of [
      [next, old],
      [old, next],
    ]) {
      expect(packFor('cn', '2026-12-31', editions)).toBe(old);
      expect(packFor('cn', '2027-01-01', editions)).toBe(next);
    }
    expect(() => packFor('cn', '2027-01-01', [old])).toThrow(NoPolicyPackError);
  });
});

describe.each(PACKS.map((pack) => [`${pack.id} of ${pack.version}`, pack] as const))('the pack %s', (_, pack) => {
  const rules: Sourced[] = [
    ...pack.age,
    ...pack.age.flatMap(({ extended }) => extended ?? []),
    ...pack.weight,
    ...pack.intervals,
    ...pack.intervals.flatMap(({ override }) => override ?? []),
    ...pack.caps,
    ...pack.volumes,
    ...pack.deferrals,
    ...pack.screening,
    ...(pack.honours ? [pack.honours] : []),
  ];

  test('gives every rule a name of its own, a source and a mark', () => {
    expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length);
    for (const { rule, source, mark } of rules) {
      expect(rule).toMatch(new RegExp(`^${pack.id}\\.[a-z0-9.-]+$`));
      expect(source).not.toBe('');
      expect(['C', 'C†', 'R']).toContain(mark);
    }
  });

  test('never runs two editions on one day', () => {
    const editions = PACKS.filter(({ id }) => id === pack.id).toSorted((a, b) =>
      a.effectiveFrom < b.effectiveFrom ? -1 : 1,
    );
    for (const [n, edition] of editions.entries()) {
      const next = editions[n + 1];
      if (next) expect(edition.effectiveTo !== undefined && edition.effectiveTo <= next.effectiveFrom).toBe(true);
    }
  });

  test('has an interval between any two procedures, and a volume for each', () => {
    for (const from of PROCEDURES) {
      for (const to of PROCEDURES) {
        expect(pack.intervals.some((rule) => rule.from === from && rule.to === to)).toBe(true);
      }
      expect(pack.volumes.some(({ procedure }) => procedure === from)).toBe(true);
    }
  });

  test('has a name in both languages, and is the edition of the day it begins', () => {
    expect(pack.name.zh).toMatch(/\p{Script=Han}/u);
    expect(pack.name.en).toMatch(/^[A-Z][ -~]+$/);
    expect(pack.effectiveFrom).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(pack.version).toBe(pack.effectiveFrom);
    expect(() => packFor(pack.id, '2000-01-01')).toThrow(NoPolicyPackError);
  });

  test('says every measurement in both languages, within bounds', () => {
    for (const { label, min, below, max } of pack.screening) {
      expect(label.zh).toMatch(/\p{Script=Han}/u);
      expect(label.en).toMatch(/^[A-Z][ -~]+$/);
      expect(min ?? below ?? max).toBeDefined();
    }
  });

  test('says every deferral in both languages, under a code of its own', () => {
    expect(new Set(pack.deferrals.map(({ code }) => code)).size).toBe(pack.deferrals.length);
    for (const { code, label } of pack.deferrals) {
      expect(code).toMatch(/^[a-z0-9-]{1,60}$/);
      expect(label.zh).toMatch(/\p{Script=Han}/u);
      expect(label.en).toMatch(/^[A-Z][ -~]+$/);
    }
  });
});

describe('the China pack', () => {
  const spans = Object.fromEntries(
    cn.deferrals.map(({ code, after }) => [code, after && `${after.value} ${after.unit}`]),
  );

  test('defers as long as the standard says', () => {
    expect(spans).toEqual({
      'dental-care': '3 day',
      'extraction-or-minor-surgery': '15 day',
      'appendix-hernia-tonsil-surgery': '3 month',
      'major-surgery': '6 month',
      // three whole days after the last one
      menstruation: '4 day',
      pregnancy: undefined,
      miscarriage: '6 month',
      'delivery-or-breastfeeding': '1 year',
      'cold-or-gastroenteritis': '1 week',
      pneumonia: '3 month',
      'urinary-infection': '1 month',
      pyelonephritis: '3 month',
      wound: '1 week',
      'skin-inflammation-local': '1 week',
      'skin-inflammation-wide': '2 week',
      'eye-disease': '1 week',
      'eye-surgery': '3 month',
      'tattoo-or-sharps': '1 year',
      'hepatitis-a-or-typhoid': '1 year',
      dysentery: '6 month',
      'brucellosis-or-q-fever': '2 year',
      'malaria-area': '1 year',
      malaria: '3 year',
      toxoplasmosis: '6 month',
      aspirin: '5 day',
      'vaccine-inactivated': '1 day',
      'vaccine-live-2-weeks': '2 week',
      'vaccine-live-4-weeks': '4 week',
      'rabies-after-bite': '1 year',
      'covid-mild': '7 day',
      'covid-severe': '6 month',
    });
    expect(cn.deferrals.filter(({ procedure }) => procedure).map(({ code }) => code)).toEqual(['aspirin']);
  });

  test('screens within the standard’s bounds', () => {
    const bounds = cn.screening.map(({ rule, min, below, max }) => [rule.slice(13), min, below, max]);
    expect(cn.screening.map(({ measure, unit }) => `${measure} ${unit}`.trim())).toEqual([
      'systolic mmHg',
      'diastolic mmHg',
      'pulse-pressure mmHg',
      'pulse /min',
      'pulse-athlete /min',
      'haemoglobin g/L',
      'haemoglobin g/L',
      'haematocrit',
      'platelets ×10⁹/L',
    ]);
    expect(
      cn.screening.flatMap(({ measure, sex, procedure }) => (sex || procedure ? [[measure, sex ?? procedure]] : [])),
    ).toEqual([
      ['haemoglobin', 'male'],
      ['haemoglobin', 'female'],
      ['haematocrit', 'platelets'],
      ['platelets', 'platelets'],
    ]);
    expect(bounds).toEqual([
      ['systolic', 90, 140, undefined],
      ['diastolic', 60, 90, undefined],
      ['pulse-pressure', 30, undefined, undefined],
      ['pulse', 60, undefined, 100],
      ['pulse-athlete', 50, undefined, 100],
      ['haemoglobin.male', 120, undefined, undefined],
      ['haemoglobin.female', 115, undefined, undefined],
      ['haematocrit', 0.36, undefined, undefined],
      ['platelets', 150, 450, undefined],
    ]);
  });

  test('never shows a recalled figure as law', () => {
    const recalled = [...cn.intervals, ...cn.age, ...cn.weight, ...cn.caps, ...cn.deferrals].filter(
      ({ mark }) => mark === 'R',
    );
    expect(recalled).toEqual([]);
    expect(cn.volumes.find(({ procedure }) => procedure === 'platelets')?.mark).toBe('R');
    expect(cn.honours).toMatchObject({
      times300ml: { mark: 'R' },
      carryOver: { mark: 'R' },
      plateletUnitMl: { mark: 'R' },
    });
  });
});

describe.each(PACKS.map((pack) => [pack.id, pack] as const))('the questions of the pack %s', (_, pack) => {
  const options = pack.questions.flatMap((question) => question.options);

  test('lead to each of its deferrals by one option, and to nothing else', () => {
    expect(options.map(({ code }) => code).toSorted()).toEqual(pack.deferrals.map(({ code }) => code).toSorted());
    expect(new Set(pack.questions.map(({ id }) => id)).size).toBe(pack.questions.length);
  });

  test('can each be answered with a day, or as still going on; only what has no fixed wait has no day', () => {
    for (const { code, when, still } of options) {
      const rule = pack.deferrals.find((it) => it.code === code);
      expect(when ?? still, code).toBeDefined();
      expect(when === undefined, code).toBe(rule?.after === undefined);
    }
  });

  test('are put in both languages', () => {
    const texts = [
      ...pack.questions.flatMap(({ ask, hint }) => [ask, ...(hint ? [hint] : [])]),
      ...options.flatMap(({ label, when, still }) => [label, ...(when ? [when] : []), ...(still ? [still] : [])]),
      ...pack.onTheDay,
    ];
    for (const { zh, en } of texts) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[A-Z]/);
      expect(en).not.toMatch(/\p{Script=Han}/u);
    }
    expect(texts.length).toBeGreaterThan(0);
  });
});

describe('the waits of other packs are those that were read', () => {
  const waitsOf = (id: string) =>
    PACKS.find((pack) => pack.id === id)?.deferrals.map(({ code, after, procedure, mark }) =>
      [code, after ? `${after.value} ${after.unit}` : 'while it lasts', mark, procedure].filter(Boolean).join(', '),
    );

  test('in the United Kingdom', () => {
    expect(waitsOf('uk')).toEqual([
      'infection, 14 day, C†',
      'covid, 7 day, C',
      'antibiotics, 7 day, C†',
      'filling, 1 day, C†',
      'extraction, 7 day, C†',
      'endoscopy, 4 month, C',
      'tattoo-or-piercing, 4 month, C',
      'malaria-area, 1 year, C',
      'pregnancy, while it lasts, C',
      'delivery, 6 month, C',
    ]);
  });

  test('in the United States', () => {
    expect(waitsOf('us')).toEqual([
      'antibiotic-injection, 10 day, C†',
      'aspirin, 3 day, C†, platelets',
      'isotretinoin-or-finasteride, 1 month, C†',
      'dutasteride, 6 month, C†',
      'vaccine-2-weeks, 2 week, C†',
      'vaccine-hepatitis-b, 21 day, C†',
      'vaccine-4-weeks, 4 week, C†',
      'vaccine-smallpox, 8 week, C†',
      'tattoo, 3 month, C†',
      'piercing, 3 month, C†',
      'pregnancy, while it lasts, C†',
      'delivery, 6 week, C†',
    ]);
  });
});
