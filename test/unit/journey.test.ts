import { describe, expect, it } from 'vitest';
import { type Given, journey, KEEPS_DAYS, notNeededFrom, toldBy } from '../../shared/domain/journey.ts';
import type { LocalDate, UnitStage } from '../../shared/domain/vocabulary.ts';

const given = (more: Partial<Given> = {}): Given => ({ date: '2026-01-10', procedure: 'whole-blood', ...more });
const stagesOn = (today: LocalDate, more: Partial<Given> = {}) =>
  journey(given(more), today).stages.map(({ stage }) => stage);

describe('what a donor is shown of a donation', () => {
  it('begins with the day it was given, and says that more may come', () => {
    expect(journey(given(), '2026-01-10')).toEqual({
      stages: [{ stage: 'collected', on: '2026-01-10' }],
      open: true,
    });
  });

  it('says that the tests are finished a week after, to everyone alike, once anything at all was done with it', () => {
    expect(stagesOn('2026-01-16', { handled: true })).toEqual(['collected']);
    expect(stagesOn('2026-01-17', { handled: true })).toEqual(['collected', 'tests-finished']);
    expect(stagesOn('2026-06-01')).toEqual(['collected']);
  });

  it('says at once that a hospital has it, which means that the tests are finished', () => {
    expect(stagesOn('2026-01-12', { handled: true, inUse: true })).toEqual(['collected', 'tests-finished', 'in-use']);
  });

  it('ends with the day on which it was used, whenever that is recorded', () => {
    for (const today of ['2026-01-12', '2026-02-01', '2030-01-01']) {
      expect(journey(given({ handled: true, inUse: true, usedOn: '2026-01-12' }), today)).toEqual({
        stages: [
          { stage: 'collected', on: '2026-01-10' },
          { stage: 'tests-finished' },
          { stage: 'in-use' },
          { stage: 'used', on: '2026-01-12' },
        ],
        open: false,
      });
    }
  });

  it.each([{ handled: true }, { handled: true, inUse: true }])(
    'is "not needed this time" from one day on: %o',
    (more) => {
      const before = journey(given(more), '2027-02-28');
      const from = journey(given(more), '2027-03-01');
      expect(before.open).toBe(true);
      expect(before.stages.at(-1)?.stage).not.toBe('not-needed');
      expect(from).toEqual({ stages: [...before.stages, { stage: 'not-needed' }], open: false });
    },
  );

  it('of before opening says only that it was given, and waits for nothing', () => {
    expect(journey(given({ historical: true }), '2028-01-01')).toEqual({
      stages: [{ stage: 'collected', on: '2026-01-10' }],
      open: false,
    });
    expect(stagesOn('2028-01-01', { historical: true, usedOn: '2026-02-01' }).at(-1)).toBe('used');
  });
});

describe('when waiting ends', () => {
  it('is the first of a month, a month and more after the last thing that could be made of it has expired', () => {
    expect(notNeededFrom(given())).toBe('2027-03-01');
    expect(notNeededFrom(given({ date: '2026-01-31' }))).toBe('2027-03-01');
    expect(notNeededFrom(given({ date: '2026-02-01' }))).toBe('2027-04-01');
    expect(notNeededFrom(given({ date: '2028-02-29' }))).toBe('2029-04-01');
  });

  it('is as late for platelets, with which plasma may come', () => {
    expect(notNeededFrom(given({ procedure: 'platelets' }))).toBe(notNeededFrom(given()));
    expect(Math.max(...Object.values(KEEPS_DAYS))).toBe(KEEPS_DAYS.plasma);
  });
});

describe('what a chain tells its donor', () => {
  const unit = (stage: UnitStage, changedAt = '2026-01-12T02:00:00.000Z') => ({ stage, changedAt });
  const ZONE = 'Asia/Shanghai';

  it('is nothing at first', () => {
    expect(toldBy([unit('collected')], [{ action: 'collect' }], ZONE)).toEqual({ handled: false, inUse: false });
  });

  it('is the same of a test, a quarantine and a discard', () => {
    for (const [stage, action] of [
      ['tested', 'test'],
      ['quarantined', 'quarantine'],
      ['discarded', 'discard'],
    ] as const) {
      const told = toldBy([unit(stage)], [{ action: 'collect' }, { action }], ZONE);
      expect(told).toEqual({ handled: true, inUse: false });
    }
  });

  it('stays that a hospital had it, though it came back', () => {
    expect(toldBy([unit('issued')], [], ZONE)).toEqual({ handled: true, inUse: true });
    expect(toldBy([unit('stored')], [{ action: 'issue' }, { action: 'return' }], ZONE)).toEqual({
      handled: true,
      inUse: true,
    });
  });

  it('is the local day of the first use that stands', () => {
    const units = [
      unit('used', '2026-01-14T02:00:00.000Z'),
      unit('used', '2026-01-12T17:00:00.000Z'),
      unit('issued', '2026-01-11T02:00:00.000Z'),
    ];
    expect(toldBy(units, [], ZONE)).toEqual({ handled: true, inUse: true, usedOn: '2026-01-13' });
    expect(toldBy(units, [], 'America/New_York').usedOn).toBe('2026-01-12');
  });

  it('is the day that the hospital names, where it names one', () => {
    const units = [{ ...unit('used', '2026-01-20T02:00:00.000Z'), usedOn: '2026-01-15' }];
    expect(toldBy(units, [], ZONE).usedOn).toBe('2026-01-15');
  });

  it('is that a hospital had it, also where another system says so, and nothing where only a record was put right', () => {
    const mirrored = (to: UnitStage) => toldBy([unit('stored')], [{ action: 'mirror', to }], ZONE);
    expect(mirrored('issued')).toEqual({ handled: true, inUse: true });
    expect(mirrored('stored')).toEqual({ handled: true, inUse: false });
    expect(toldBy([unit('collected')], [{ action: 'collect' }, { action: 'correct', to: 'issued' }], ZONE)).toEqual({
      handled: false,
      inUse: false,
    });
  });

  it('is of a doubtful use what a chain without it would tell', () => {
    const doubtful = { doubtful: true };
    expect(toldBy([unit('used')], [], ZONE, doubtful)).toEqual({ handled: false, inUse: false });
    expect(toldBy([unit('used')], [{ action: 'issue' }, { action: 'use' }], ZONE, doubtful)).toEqual({
      handled: true,
      inUse: true,
    });
    expect(toldBy([unit('used'), unit('issued')], [], ZONE, doubtful)).toEqual({ handled: true, inUse: true });
  });
});
