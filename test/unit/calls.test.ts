import { describe, expect, it } from 'vitest';
import {
  CALL_BOUNDS,
  CALL_SETTINGS,
  type Called,
  callableFrom,
  callStep,
  costOf,
  datesFrom,
  heldUntil,
  isCallable,
  isCalledFor,
  isOfGroup,
  isWished,
  restsUntil,
} from '../../shared/domain/calls.ts';
import type { Commitment } from '../../shared/domain/refusal.ts';
import { cn } from '../../shared/policy/cn.ts';
import { someone, wholeBlood } from '../builders/facts.ts';

const NOW = '2026-11-28T01:00:00.000Z';
const BEFORE = '2026-11-28T00:59:59.999Z';
const AFTER = '2026-11-28T01:00:00.001Z';

it('a site’s settings have bounds in order, and lie within them as they usually are', () => {
  for (const name of ['waveSize', 'pauseMinutes', 'restDays'] as const) {
    const [least, most] = CALL_BOUNDS[name];
    expect(least).toBeLessThan(most);
    expect(CALL_SETTINGS[name]).toBeGreaterThanOrEqual(least);
    expect(CALL_SETTINGS[name]).toBeLessThanOrEqual(most);
  }
  expect(CALL_BOUNDS.pauseMinutes[1]).toBe(1440);
  expect(CALL_BOUNDS.centsPerSegment).toEqual([0, 1000]);
});

describe('a call for a blood group', () => {
  const [aPlus, aMinus, bPlus] = [
    { abo: 'A', rhd: 'positive' },
    { abo: 'A', rhd: 'negative' },
    { abo: 'B', rhd: 'positive' },
  ] as const;
  it('is for those on record with it, each part for itself, and for everybody where it names none', () => {
    const groups = [[aPlus], [aMinus], [bPlus], [aPlus, aPlus]];
    const suits = (of: Pick<Called, 'abo' | 'rhd'>) => groups.map((each) => isOfGroup(of, each));
    expect(suits({ abo: 'A' })).toEqual([true, true, false, true]);
    expect(suits({ rhd: 'negative' })).toEqual([false, true, false, false]);
    expect(suits({ abo: 'A', rhd: 'positive' })).toEqual([true, false, false, true]);
    expect(suits({})).toEqual([true, true, true, true]);
  });

  it('is for nobody whose group is not known, or in doubt', () => {
    for (const groups of [[], [aPlus, bPlus], [aPlus, aMinus]]) {
      expect(isOfGroup({ abo: 'A' }, groups)).toBe(false);
      expect(isOfGroup({ rhd: 'positive' }, groups)).toBe(false);
      expect(isOfGroup({}, groups)).toBe(true);
    }
  });
});

describe('a call for times', () => {
  const call: Called = { procedure: 'platelets', from: '2026-11-28', to: '2026-11-29' };
  const slot = {
    procedure: 'platelets',
    date: '2026-11-28',
    startsAt: '2026-11-28T02:00:00.000Z',
    status: 'open',
  } as const;
  it('is for open places of its procedure and dates, an hour from now at the soonest', () => {
    expect(isCalledFor(call, slot, '10:00', NOW)).toBe(true);
    expect(isCalledFor(call, { ...slot, date: '2026-11-29' }, '10:00', NOW)).toBe(true);
    for (const other of [
      { status: 'closed' },
      { procedure: 'whole-blood' as const },
      { date: '2026-11-27' },
      { date: '2026-11-30' },
      { startsAt: '2026-11-28T01:59:59.999Z' },
    ]) {
      expect(isCalledFor(call, { ...slot, ...other }, '10:00', NOW)).toBe(false);
    }
  });

  it('is for the part of the day that it says, to the minute before its end, or for the whole day', () => {
    const fits = (of: Called) =>
      ['00:00', '08:59', '09:00', '11:59', '12:00', '23:59'].filter((time) => isCalledFor(of, slot, time, NOW));
    expect(fits(call)).toEqual(['00:00', '08:59', '09:00', '11:59', '12:00', '23:59']);
    expect(fits({ ...call, fromTime: '09:00', toTime: '12:00' })).toEqual(['09:00', '11:59']);
    expect(fits({ ...call, fromTime: '12:00' })).toEqual(['12:00', '23:59']);
  });
});

describe('somebody who may be called', () => {
  it('wishes it for the procedure, or for any', () => {
    expect(
      (['any', 'platelets', 'whole-blood', 'no', undefined] as const).map((wish) => isWished(wish, 'platelets')),
    ).toEqual([true, true, false, false, false]);
  });

  it('is called for what they wish, from the day on which the rules let them give, and for nothing that never is', () => {
    const facts = someone({ donations: [wholeBlood('2026-09-01')] });
    const from = (wish: 'any' | 'platelets' | 'no', of = facts) =>
      callableFrom(cn, of, wish, ['whole-blood', 'platelets'], '2026-11-28');
    expect(from('any')).toEqual([
      { procedure: 'whole-blood', from: '2027-03-01' },
      { procedure: 'platelets', from: '2026-12-01' },
    ]);
    expect(from('platelets')).toEqual([{ procedure: 'platelets', from: '2026-12-01' }]);
    expect(from('no')).toEqual([]);
    expect(from('any', { ...facts, deferredPermanently: true })).toEqual([]);
  });

  it('holds a place to give until the last of theirs ends; a shift is none', () => {
    const held = (kind: Commitment['kind'], endsAt: string): Commitment => ({
      ...{ bookingId: endsAt, slotId: endsAt, kind, startsAt: '2026-11-01T00:00:00.000Z', endsAt },
    });
    const [soon, late] = ['2026-12-01T02:00:00.000Z', '2026-12-05T02:00:00.000Z'];
    expect(heldUntil([held('donation', late), held('donation', soon)], NOW)).toBe(late);
    expect(heldUntil([held('donation', AFTER), held('shift', late)], NOW)).toBe(AFTER);
    expect(heldUntil([held('donation', NOW), held('shift', late)], NOW)).toBeUndefined();
  });

  it('may give by then, holds no place, and was left in peace for long enough', () => {
    expect(restsUntil(NOW, 30)).toBe('2026-12-28T01:00:00.000Z');
    const may = (more: { from?: string; heldUntil?: string; calledAt?: string }) =>
      isCallable({ from: '2026-11-28', ...more }, '2026-11-28', 30, NOW);
    expect(may({})).toBe(true);
    expect(may({ from: '2026-11-29' })).toBe(false);
    expect([may({ heldUntil: NOW }), may({ heldUntil: AFTER })]).toEqual([true, false]);
    const [longAgo, lately] = ['2026-10-29T01:00:00.000Z', '2026-10-29T01:00:00.001Z'];
    expect([may({ calledAt: longAgo }), may({ calledAt: lately })]).toEqual([true, false]);
  });
});

describe('a call goes on', () => {
  const call = { nextAt: NOW, inWave: 5, waveSize: 20 };
  const QUIET = '2026-11-28T23:00:00.000Z';
  it('with the rest of its wave once it is time, and outside the quiet hours', () => {
    expect(callStep(call, [{ free: 1 }], undefined, NOW)).toEqual({ kind: 'ask', most: 15 });
    expect(callStep(call, [{ free: 1 }], undefined, BEFORE)).toEqual({ kind: 'wait', until: NOW });
    expect(callStep(call, [{ free: 1 }], QUIET, NOW)).toEqual({ kind: 'wait', until: QUIET });
  });

  it('until its places are taken, or none is left to come to', () => {
    expect(callStep(call, [{ free: 0 }, { free: 1 }], undefined, NOW).kind).toBe('ask');
    expect(callStep(call, [{ free: 0 }, { free: -1 }], QUIET, NOW)).toEqual({ kind: 'end', status: 'filled' });
    expect(callStep(call, [], QUIET, NOW)).toEqual({ kind: 'end', status: 'over' });
  });
});

it('a call’s texts cost what their segments do, where somebody has said what one costs', () => {
  expect(costOf(7, { centsPerSegment: 5 })).toBe(35);
  expect(costOf(7, { centsPerSegment: 0 })).toBe(0);
  expect(costOf(7, {})).toBeUndefined();
});

it('the dates from one to another are each day once, both ends counted, and never without end', () => {
  expect(datesFrom('2026-12-31', '2027-01-02')).toEqual(['2026-12-31', '2027-01-01', '2027-01-02']);
  expect(datesFrom('2026-12-31', '2026-12-31')).toEqual(['2026-12-31']);
  expect(datesFrom('2026-12-31', '2026-12-30')).toEqual([]);
  expect(datesFrom('2026-12-31', '9999-12-31')).toHaveLength(400);
});
