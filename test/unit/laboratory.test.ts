import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  concludeTest,
  type Found,
  groupState,
  groupText,
  judge,
  type LabEntry,
  nextRun,
  ownGroup,
  readGroup,
  readResult,
  testsOf,
} from '../../shared/domain/laboratory.ts';
import type { DonationTest } from '../../shared/domain/policy-pack.ts';
import type { TestResult } from '../../shared/domain/vocabulary.ts';
import { cn } from '../../shared/policy/cn.ts';

const entries = (...found: (Found | { voids: number })[]): LabEntry[] =>
  found.map(
    (each, n) =>
      ({
        n: n + 1,
        at: '2026-11-23T04:00:00.000Z',
        by: 'p1',
        ...('voids' in each ? { kind: 'void', voids: each.voids, reason: 'another tube' } : each),
      }) as LabEntry,
  );
const HBSAG = cn.tests.find(({ code }) => code === 'hbsag') as DonationTest;
const ALT = cn.tests.find(({ code }) => code === 'alt') as DonationTest;
const run = (result: TestResult): Found => ({ kind: 'test', test: 'hbsag', result });
const group = (text: string): Found => ({ kind: 'group', ...(readGroup(text) ?? { abo: 'O', rhd: 'positive' }) });
const of = (...results: TestResult[]) => concludeTest(HBSAG, entries(...results.map(run)));

describe('a test', () => {
  test('that nobody has run, or only without a result, is missing', () => {
    expect(of()).toBe('missing');
    expect(of('invalid', 'invalid')).toBe('missing');
  });

  test('that reacted once is repeated twice, and clear only without reaction both times', () => {
    expect(of('non-reactive')).toBe('clear');
    expect(of('reactive')).toBe('to-repeat');
    expect(of('reactive', 'non-reactive')).toBe('to-repeat');
    expect(of('reactive', 'invalid', 'non-reactive')).toBe('to-repeat');
    expect(of('reactive', 'non-reactive', 'non-reactive')).toBe('clear');
    expect(of('non-reactive', 'reactive')).toBe('to-repeat');
  });

  test('that reacted twice is not clear, whatever is run afterwards', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<TestResult>('reactive', 'non-reactive', 'invalid')), (results) => {
        const twice = results.filter((result) => result === 'reactive').length >= 2;
        const outweighed = of(...results) === 'clear' && results.includes('reactive');
        expect(of(...results) === 'not-clear').toBe(twice && !outweighed);
      }),
    );
  });

  test('that is measured holds up to its figure', () => {
    const measured = (...values: number[]) =>
      concludeTest(ALT, entries(...values.map((value): Found => ({ kind: 'test', test: 'alt', value }))));
    expect(measured(50)).toBe('clear');
    expect(measured(50.1)).toBe('to-repeat');
    expect(measured(80, 30, 31)).toBe('clear');
    expect(measured(80, 51)).toBe('not-clear');
  });

  test('counts its own runs, and of what is measured those with a figure', () => {
    const alt = (found: Omit<Extract<Found, { kind: 'test' }>, 'kind' | 'test'>) =>
      concludeTest(ALT, entries({ kind: 'test', test: 'alt', ...found }));
    expect(alt({ result: 'non-reactive' })).toBe('missing');
    expect(alt({ value: 0 })).toBe('clear');
    expect(concludeTest(HBSAG, entries({ kind: 'test', test: 'hbsag', value: 1 }))).toBe('missing');
    expect(concludeTest(ALT, entries(run('reactive'), group('A+')))).toBe('missing');
  });

  test('counts its runs in the order in which they were made, and those of one moment as they were entered', () => {
    const made = (...runs: (readonly [TestResult, string, string?])[]) =>
      concludeTest(
        HBSAG,
        runs.map(([result, at, testedAt], n) => ({
          ...({ n: n + 1, by: 'p1', kind: 'test', test: 'hbsag', result } as const),
          at: `2026-11-23T${at}:00.000Z`,
          ...(testedAt && { testedAt: `2026-11-23T${testedAt}:00.000Z` }),
        })),
      );
    // Told last, and made first: it repeats nothing.
    expect(made(['reactive', '10:00'], ['non-reactive', '11:00'], ['non-reactive', '12:00', '09:00'])).toBe(
      'to-repeat',
    );
    expect(made(['non-reactive', '12:00'], ['reactive', '13:00', '10:00'], ['non-reactive', '13:00', '11:00'])).toBe(
      'clear',
    );
    const once = '10:00';
    expect(made(['reactive', once], ['non-reactive', once], ['non-reactive', once])).toBe('clear');
    expect(made(['non-reactive', once], ['non-reactive', once], ['reactive', once])).toBe('to-repeat');
  });

  test('that the pack does not have repeated is not clear once it reacted', () => {
    const { repeats: _, ...once } = HBSAG;
    expect(concludeTest(once, entries(run('reactive'), run('non-reactive'), run('non-reactive')))).toBe('not-clear');
    expect(concludeTest(once, entries(run('non-reactive')))).toBe('clear');
  });

  test('is run as a repeat once it reacted, until two repeats have cleared it', () => {
    const next = (...results: TestResult[]) => nextRun(HBSAG, entries(...results.map(run)));
    expect([next(), next('invalid'), next('non-reactive')]).toEqual(['initial', 'initial', 'initial']);
    expect([next('reactive'), next('reactive', 'non-reactive'), next('reactive', 'reactive')]).toEqual([
      ...['repeat', 'repeat', 'repeat'],
    ]);
    expect(next('reactive', 'non-reactive', 'non-reactive')).toBe('initial');
  });

  test('reactive in a run that was taken back did not react', () => {
    expect(concludeTest(HBSAG, entries(run('reactive'), { voids: 1 }))).toBe('missing');
    expect(concludeTest(HBSAG, entries(run('reactive'), { voids: 1 }, run('non-reactive')))).toBe('clear');
  });

  test('added by a site is asked as well as its pack’s, and none is left out', () => {
    expect(testsOf(cn.tests, ['hbv-dna', 'hbsag']).map(({ code }) => code)).toEqual([
      ...cn.tests.map(({ code }) => code),
      'hbv-dna',
    ]);
    expect(testsOf(cn.tests)).toEqual(cn.tests);
    // No rule of ours stands behind it, and it is repeated as the others are.
    expect(testsOf([], ['hbv-dna'])).toEqual([
      { code: 'hbv-dna', rule: 'site.test.hbv-dna', source: '', mark: 'R', repeats: 2 },
    ]);
  });
});

describe('a blood group', () => {
  const A = { abo: 'A', rhd: 'positive' } as const;
  const B = { abo: 'B', rhd: 'positive' } as const;

  test('found once is not confirmed until it is found again, or was known', () => {
    expect(groupState([], [A])).toBe('missing');
    expect(groupState(entries(group('A+')), [])).toBe('first');
    expect(groupState(entries(group('A+'), group('A+')), [])).toBe('confirmed');
    expect(groupState(entries(group('A+')), [A, A])).toBe('confirmed');
  });

  test('that is not the one on record, or not the same twice, differs; RhD alone is enough', () => {
    expect(groupState(entries(group('A+')), [B])).toBe('differs');
    expect(groupState(entries(group('A+'), group('A-')), [])).toBe('differs');
    expect(groupState(entries(group('A+'), group('A+')), [A, B])).toBe('differs');
    expect(ownGroup(entries(group('A+'), group('B+')))).toBeUndefined();
    expect(groupState(entries(group('B+'), { voids: 1 }, group('A+')), [A])).toBe('confirmed');
  });

  test('that somebody only says contradicts what was found, and confirms nothing', () => {
    const said = (each: typeof A | typeof B) => ({ ...each, said: true });
    expect(groupState(entries(group('A+')), [said(A)])).toBe('first');
    expect(groupState(entries(group('A+')), [said(A), A])).toBe('confirmed');
    expect(groupState(entries(group('A+'), group('A+')), [said(B)])).toBe('differs');
  });

  test('is written as people write it, and read as they do', () => {
    expect([groupText(A), groupText({ abo: 'AB', rhd: 'negative' })]).toEqual(['A+', 'AB−']);
    for (const text of [
      'o+',
      'O型阳性',
      'O 阳',
      'ORh+',
      'ORhD+',
      'ORh(D)+',
      'O型Rh(D)阳性',
      'O pos',
      'O positive',
      '=%512A',
      '=%51Z9',
    ]) {
      expect(readGroup(text), text).toEqual({ abo: 'O', rhd: 'positive' });
    }
    expect(readGroup('B negative')).toEqual({ abo: 'B', rhd: 'negative' });
    for (const text of ['XO+', 'O+X', 'O++', 'O positives', '=%5100 0', 'X=%5100', '=%5X00', '=%51*0']) {
      expect(readGroup(text), text).toBeUndefined();
    }
  });

  test('is read from a label as ISBT 128 has it, or as people type it, and never guessed', () => {
    expect(['=%5100', '=%9500', '=%6200', '=%0600', '=%7300', '=%1700', '=%8400', '=%2800'].map(readGroup)).toEqual(
      ['O+', 'O-', 'A+', 'A-', 'B+', 'B-', 'AB+', 'AB-'].map(readGroup),
    );
    for (const text of ['ab-', 'ＡＢ－', 'AB−', 'AB型RhD阴性', 'AB 阴', 'ABRh-', 'AB neg']) {
      expect(readGroup(text)).toEqual({ abo: 'AB', rhd: 'negative' });
    }
    for (const text of ['', 'A', '+', 'C+', '0+', 'AA+', '=%9900', '=%51', 'G1234 26 100001 A', 'A+B']) {
      expect(readGroup(text), text).toBeUndefined();
    }
  });
});

describe('what is typed after a tube', () => {
  test('is a result of the plate’s test, or nothing', () => {
    expect(readResult(HBSAG, '-')).toEqual({ result: 'non-reactive' });
    expect(readResult(HBSAG, '＋')).toEqual({ result: 'reactive' });
    expect(readResult(HBSAG, '？')).toEqual({ result: 'invalid' });
    expect(readResult(HBSAG, '12')).toBeUndefined();
    for (const text of ['−', 'n', '阴', '阴性']) expect(readResult(HBSAG, text)).toEqual({ result: 'non-reactive' });
    for (const text of ['r', '阳', '阳性']) expect(readResult(HBSAG, text)).toEqual({ result: 'reactive' });
    for (const [text, value] of [
      ['0', 0],
      ['1234.25', 1234.25],
    ] as const) {
      expect(readResult(ALT, text)).toEqual({ value });
    }
    for (const text of ['12345', '1.234', '1.', '.5', 'a1', '1a', ''])
      expect(readResult(ALT, text), text).toBeUndefined();
    expect(readResult(ALT, '３２．５')).toEqual({ value: 32.5 });
    expect(readResult(ALT, '-')).toBeUndefined();
    expect(readResult(ALT, '=G12342610000100')).toBeUndefined();
  });
});

describe('a donation', () => {
  const markers = ['hbsag', 'anti-hcv', 'hiv-ag-ab', 'syphilis'] as const;
  const all: Found[] = [
    group('O+'),
    group('O+'),
    ...markers.map((code): Found => ({ kind: 'test', test: code, result: 'non-reactive' })),
    { kind: 'test', test: 'alt', value: 20 },
  ];

  test('is clear with everything there and without reaction, and without any one of it is not', () => {
    expect(judge(cn.tests, entries(...all), [])).toMatchObject({ verdict: 'clear', aside: false });
    for (const n of all.keys()) {
      const without = all.filter((_, at) => at !== n);
      expect(judge(cn.tests, entries(...without), []), String(n)).toMatchObject({
        verdict: 'incomplete',
        aside: false,
      });
    }
  });

  test('with anything that reacted, or another group, is put aside', () => {
    for (const code of markers) {
      const once = entries(...all, { kind: 'test', test: code, result: 'reactive' });
      expect(judge(cn.tests, once, [])).toMatchObject({ verdict: 'incomplete', aside: true });
      const reactive: Found = { kind: 'test', test: code, result: 'reactive' };
      expect(judge(cn.tests, entries(...all, reactive, reactive), [])).toMatchObject({
        verdict: 'not-clear',
        aside: true,
      });
    }
    const other = [{ abo: 'A', rhd: 'positive' }] as const;
    expect(judge(cn.tests, entries(...all), other)).toMatchObject({ verdict: 'not-clear', aside: true });
  });
});
