import { describe, expect, test } from 'vitest';
import { addSpan } from '../../shared/domain/dates.ts';
import { honours, timesOf } from '../../shared/domain/honours.ts';
import type { HonourRules } from '../../shared/domain/policy-pack.ts';
import type { PastDonation } from '../../shared/domain/refusal.ts';
import { cn } from '../../shared/policy/cn.ts';
import { platelets, wholeBlood } from '../builders/facts.ts';

const rules = cn.honours as HonourRules;

/** Gives every donation a date of its own, a month apart. */
const inTurn = (donations: readonly PastDonation[]): PastDonation[] =>
  donations.map((donation, n) => ({ ...donation, date: addSpan('2015-01-15', { value: n, unit: 'month' }) }));
const many = (n: number, donation: PastDonation) => Array.from({ length: n }, () => donation);

describe('how often a donation counts', () => {
  test.each([
    [wholeBlood('2026-01-01', 200), 1],
    [wholeBlood('2026-01-01', 300), 1.5],
    [wholeBlood('2026-01-01', 400), 2],
    [platelets('2026-01-01', 1), 1],
    [platelets('2026-01-01', 2), 2],
    // a unit with plasma is still one unit
    [{ ...platelets('2026-01-01', 1), volumeMl: 450 }, 1],
  ] as const)('%o counts %d', (donation, times) => {
    expect(timesOf(rules, donation)).toBe(times);
  });

  test('follows the pack’s settings', () => {
    const fourfold: HonourRules = { ...rules, timesPerPlateletUnit: 4, timesPer200ml: 3 };
    expect(timesOf(fourfold, platelets('2026-01-01', 2))).toBe(8);
    expect(timesOf(fourfold, wholeBlood('2026-01-01', 400))).toBe(6);
    expect(timesOf({ ...rules, times300ml: { value: 1, mark: 'R' } }, wholeBlood('2026-01-01', 300))).toBe(1);
  });
});

describe('the honours', () => {
  test('of someone who never gave are the way to the first', () => {
    expect(honours(rules, [])).toEqual({
      donations: 0,
      volumeMl: 0,
      times: 0,
      met: [],
      next: { honour: 'bronze', timesLeft: 20 },
      round: 0,
    });
  });

  test('of the newspaper’s donor: 100 donations, 39,600 ml, 198 times, four golds, lifetime with the third', () => {
    const history = inTurn([
      wholeBlood('', 200),
      ...many(17, wholeBlood('', 400)),
      ...many(81, platelets('', 2)),
      platelets('', 1),
    ]);
    const { met, ...figures } = honours(rules, history);
    expect(figures).toMatchObject({ donations: 100, volumeMl: 39_600, times: 198 });
    expect(met.filter(({ honour }) => honour === 'gold').map(({ count }) => count)).toEqual([1, 2, 3, 4]);
    const third = met.find(({ honour, count }) => honour === 'gold' && count === 3);
    expect(met.filter(({ honour }) => honour === 'lifetime')).toEqual([
      { honour: 'lifetime', on: third?.on, count: 1 },
    ]);
  });

  test('are met on the donation that reaches 20, 30 and 40', () => {
    const { met, next } = honours(rules, inTurn(many(20, wholeBlood('', 400))));
    expect(met).toEqual([
      { honour: 'bronze', on: '2015-10-15', count: 1 },
      { honour: 'silver', on: '2016-03-15', count: 1 },
      { honour: 'gold', on: '2016-08-15', count: 1 },
    ]);
    expect(next).toEqual({ honour: 'bronze', timesLeft: 20 });
  });

  test.each([
    [19, [], 'bronze', 1],
    [20, ['bronze'], 'silver', 10],
    [29, ['bronze'], 'silver', 1],
    [30, ['bronze', 'silver'], 'gold', 10],
    [39, ['bronze', 'silver'], 'gold', 1],
    [40, ['bronze', 'silver', 'gold'], 'bronze', 20],
    [41, ['bronze', 'silver', 'gold'], 'bronze', 19],
  ] as const)('after %i times are %j, with %s next in %i', (times, met, honour, timesLeft) => {
    const figures = honours(rules, inTurn(many(times, wholeBlood('', 200))));
    expect(figures.met.map((it) => it.honour)).toEqual(met);
    expect(figures.next).toEqual({ honour, timesLeft });
  });

  test('start again after a gold, with or without what went past 40 as the pack sets it', () => {
    const past = inTurn([wholeBlood('', 200), ...many(20, wholeBlood('', 400))]);
    expect(honours(rules, past)).toMatchObject({ times: 41, round: 0, next: { honour: 'bronze', timesLeft: 20 } });
    const carrying: HonourRules = { ...rules, carryOver: { value: true, mark: 'R' } };
    expect(honours(carrying, past)).toMatchObject({ times: 41, round: 1, next: { honour: 'bronze', timesLeft: 19 } });
  });

  test('are counted in order of date, whatever order the records come in', () => {
    const history = inTurn(many(20, wholeBlood('', 400)));
    expect(honours(rules, history.toReversed())).toEqual(honours(rules, history));
  });

  test('count a platelet unit as the pack’s millilitres, whatever its bag held', () => {
    const bag = { ...platelets('2026-01-01', 2), volumeMl: 517 };
    expect(honours(rules, [bag]).volumeMl).toBe(400);
    expect(honours({ ...rules, plateletUnitMl: { value: 250, mark: 'R' } }, [bag]).volumeMl).toBe(500);
  });

  test('come in their own order, however the pack lists them', () => {
    const history = inTurn(many(25, wholeBlood('', 400)));
    const jumbled: HonourRules = { ...rules, contribution: [2, 0, 1].flatMap((n) => rules.contribution[n] ?? []) };
    expect(honours(jumbled, history)).toEqual(honours(rules, history));
  });

  test('of a lifetime are met once, however many golds follow', () => {
    const { met } = honours(rules, inTurn(many(120, wholeBlood('', 400))));
    expect(met.filter(({ honour }) => honour === 'gold')).toHaveLength(6);
    expect(met.filter(({ honour }) => honour === 'lifetime')).toHaveLength(1);
  });
});
