import { describe, expect, test } from 'vitest';
import { hospitalFigures, type Issue, issuesOf } from '../../shared/domain/hospital-reports.ts';
import type { KeptStep } from '../../shared/domain/supervision.ts';
import type { StepWay } from '../../shared/domain/vocabulary.ts';

const ZONE = 'Asia/Shanghai';
type Said = Partial<KeptStep> & Pick<KeptStep, 'action' | 'to'> & { readonly day: number; readonly via?: StepWay };
/** Steps of one unit, each at ten in the morning of a day of November. */
const steps = (...said: Said[]): (KeptStep & { via?: StepWay })[] =>
  said.map(({ day, ...step }, n) => ({
    unitId: 'wb-rc',
    version: n + 2,
    at: `2026-11-${String(day).padStart(2, '0')}T02:00:00.000Z`,
    ...step,
  }));
const of = (...said: Said[]): Issue[] =>
  issuesOf({
    date: '2026-11-01',
    zone: ZONE,
    collectedAt: '2026-11-01T02:00:00.000Z',
    units: [{ unitId: 'wb-rc', component: 'red-cells', stage: 'issued', version: said.length + 1 }],
    steps: steps(...said),
  });
const issue = (day: number, hospital = 'First'): Said => ({ action: 'issue', to: 'issued', day, hospital });

describe('what a hospital was issued', () => {
  test('is unreported until it says what became of it', () => {
    expect(of({ action: 'store', to: 'stored', day: 2 })).toEqual([]);
    expect(of(issue(3))).toMatchObject([{ hospital: 'First', issuedAt: '2026-11-03T02:00:00.000Z' }]);
    expect(of(issue(3))[0]).not.toHaveProperty('outcome');
    expect(of(issue(3), { action: 'use', to: 'used', day: 9, usedOn: '2026-11-06', via: 'scan' })).toMatchObject([
      { outcome: 'used', usedOn: '2026-11-06', via: 'scan', reportedAt: '2026-11-09T02:00:00.000Z' },
    ]);
  });

  test('that came back and went out again was issued twice, and each has its own end', () => {
    const both = of(issue(3), { action: 'return', to: 'stored', day: 4, via: 'hand' }, issue(5, 'Second'), {
      action: 'discard',
      to: 'discarded',
      day: 6,
    });
    expect(both.map(({ hospital, outcome }) => [hospital, outcome])).toEqual([
      ['First', 'returned'],
      ['Second', 'discarded'],
    ]);
  });

  test('is unreported again where its use was recorded wrongly, and reported when it is recorded anew', () => {
    const wrong = [
      issue(3),
      { action: 'use', to: 'used', day: 4 },
      { action: 'correct-use', to: 'issued', day: 5 },
    ] as const;
    expect(of(...wrong)).toMatchObject([{ step: 2 }]);
    expect(of(...wrong)[0]).not.toHaveProperty('outcome');
    expect(of(...wrong, { action: 'use', to: 'used', day: 7 })).toMatchObject([{ step: 2, outcome: 'used' }]);
  });

  test('has one end, which no later word changes, and only some words are one', () => {
    const use: Said = { action: 'use', to: 'used', day: 4, usedOn: '2026-11-03' };
    expect(of(issue(3), { action: 'quarantine', to: 'quarantined', day: 4 })[0]).not.toHaveProperty('outcome');
    expect(of(issue(3), use, { action: 'mirror', to: 'stored', day: 9 })).toMatchObject([
      { outcome: 'used', reportedAt: '2026-11-04T02:00:00.000Z' },
    ]);
    // Who said it where nobody noted how is not made up, and only a use has a day.
    const [used] = of(issue(3), use);
    expect(used).not.toHaveProperty('via');
    expect(of(issue(3), { ...use, action: 'return', to: 'stored' })[0]).not.toHaveProperty('usedOn');
    // Taken back, nothing is left of it.
    const [back] = of(issue(3), { ...use, via: 'scan' }, { action: 'correct-use', to: 'issued', day: 5 });
    expect(back).toStrictEqual({ ...of(issue(3))[0], version: 4 });
    expect(of({ action: 'correct-use', to: 'issued', day: 5, hospital: 'First' })).toEqual([]);
  });

  test('is the same issue while it is told again, and another where it went on to another hospital', () => {
    const mirrored = (day: number, hospital?: string): Said => ({
      action: 'mirror',
      to: 'issued',
      day,
      ...(hospital && { hospital }),
    });
    const hospitals = (...said: Said[]) => of(...said).map(({ hospital, step }) => [hospital, step]);
    expect(hospitals(issue(3), mirrored(4, 'First'), mirrored(5))).toEqual([['First', 2]]);
    expect(hospitals(issue(3), mirrored(4, 'Second'))).toEqual([
      ['First', 2],
      ['Second', 3],
    ]);
    expect(hospitals(mirrored(4))).toEqual([]);
    // Out again without a word of where to, it is where it was before.
    expect(hospitals(issue(3), { action: 'return', to: 'stored', day: 4 }, mirrored(5))).toEqual([
      ['First', 2],
      ['First', 4],
    ]);
  });

  test('is told of each unit by its own steps, in their order', () => {
    const own = steps(issue(3), { action: 'use', to: 'used', day: 4 });
    const other = steps(issue(5, 'Second')).map((step) => ({ ...step, unitId: 'wb-pl' }));
    const issues = issuesOf({
      ...{ date: '2026-11-01', zone: ZONE, collectedAt: '2026-11-01T02:00:00.000Z' },
      units: [
        { unitId: 'wb-rc', component: 'red-cells', stage: 'used', version: 3 },
        { unitId: 'wb-pl', component: 'plasma', stage: 'issued', version: 2 },
      ],
      steps: [...own, ...other].toReversed(),
    });
    expect(issues.map(({ component, hospital, outcome, version }) => [component, hospital, outcome, version])).toEqual([
      ['red-cells', 'First', 'used', 3],
      ['plasma', 'Second', undefined, 2],
    ]);
  });

  test('as another system reports it, by file and at that system’s time', () => {
    const mirrored = of(
      { action: 'mirror', to: 'issued', day: 4, hospital: 'First', reportedAt: '2026-11-03T01:00:00.000Z' },
      { action: 'mirror', to: 'issued', day: 5, hospital: 'First' },
      { action: 'mirror', to: 'used', day: 6, hospital: 'First' },
    );
    expect(mirrored).toMatchObject([{ issuedAt: '2026-11-03T01:00:00.000Z', outcome: 'used', via: 'file' }]);
  });
});

describe('a hospital’s figures', () => {
  test('count what it has reported, how and after how long, and what it has not and since when', () => {
    const used = (day: number, usedOn: string, via: StepWay) =>
      of(issue(3), { action: 'use', to: 'used', day, usedOn, via });
    const [first, second] = hospitalFigures(
      [
        ...used(5, '2026-11-04', 'scan'),
        ...used(9, '2026-11-04', 'scan'),
        ...used(10, '2026-11-08', 'file'),
        ...of(issue(8)),
        ...of(issue(6)),
        ...of(issue(4, 'Second'), { action: 'return', to: 'stored', day: 6, via: 'hand' }),
      ],
      ZONE,
    );
    expect(first).toEqual({
      hospital: 'First',
      issued: 5,
      used: 3,
      returned: 0,
      discarded: 0,
      unreported: 2,
      oldest: '2026-11-06T02:00:00.000Z',
      ways: { scan: 2, hand: 0, file: 1 },
      // Of 1, 5 and 2 days.
      daysFromUse: 2,
      // Of 2, 6 and 7.
      daysFromIssue: 6,
    });
    expect(second).toMatchObject({ hospital: 'Second', returned: 1, unreported: 0, daysFromIssue: 2 });
    expect(second).not.toHaveProperty('daysFromUse');
  });

  test('have the middle of two where there are two, never less than nothing, and none of nothing', () => {
    const told = (hospital: string, ...days: number[]) =>
      days.flatMap((day) => of(issue(3, hospital), { action: 'use', to: 'used', day, usedOn: '2026-11-04' }));
    const days = (issues: Issue[]) => {
      const { daysFromUse, daysFromIssue } = hospitalFigures(issues, ZONE)[0] ?? {};
      return [daysFromUse, daysFromIssue];
    };
    expect(days(told('First', 9, 6))).toEqual([3.5, 4.5]);
    expect(days(told('First', 9, 30, 5, 6))).toEqual([3.5, 4.5]);
    expect(days(told('First', 2))).toEqual([0, 0]);
    expect(hospitalFigures(of(issue(3)), ZONE)[0]).toStrictEqual({
      ...{ hospital: 'First', issued: 1, used: 0, returned: 0, discarded: 0, unreported: 1 },
      oldest: '2026-11-03T02:00:00.000Z',
      ways: { scan: 0, hand: 0, file: 0 },
    });
    // Past midnight there, it was reported a day later.
    const night = { reportedAt: '2026-11-04T16:00:00.000Z', usedOn: '2026-11-04', outcome: 'used' as const };
    expect(days(of(issue(3)).map((each) => ({ ...each, ...night })))).toEqual([1, 2]);
  });

  test('stand in the order of what is unreported, then of what was issued, then of names', () => {
    const use: Said = { action: 'use', to: 'used', day: 4, via: 'hand' };
    const discard: Said = { action: 'discard', to: 'discarded', day: 4 };
    const all = [
      ...[...of(issue(3, 'B'), use), ...of(issue(3, 'A'), use)],
      ...[...of(issue(3, 'C'), use), ...of(issue(3, 'C'), discard)],
      ...of(issue(3, 'D')),
    ];
    for (const each of [all, all.toReversed()]) {
      expect(hospitalFigures(each, ZONE).map(({ hospital }) => hospital)).toEqual(['D', 'C', 'A', 'B']);
    }
    expect(hospitalFigures(all, ZONE)[1]).toMatchObject({ used: 1, discarded: 1, ways: { hand: 1 } });
  });
});
