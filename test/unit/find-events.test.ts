import { describe, expect, it } from 'vitest';
import { findShifts, type SoughtShift, type Wanted, whenFound } from '../../shared/domain/find-events.ts';

const both = (text: string) => ({ zh: text, en: text });
const shift = (slotId: string, date: string, more: Partial<SoughtShift> = {}): SoughtShift => ({
  slotId,
  date,
  startsAt: `${date}T01:00:00.000Z`,
  role: both('引导'),
  ...more,
});
const CLINIC = {
  district: both('南塘区'),
  community: both('榆树里'),
  shifts: [
    shift('sat', '2026-11-28', { minAge: 16 }),
    shift('sun', '2026-11-29', { role: both('测量'), needs: ['nursing'], minAge: 18, maxAge: 60 }),
  ],
};
const HAIRCUTS = {
  district: both('北河区'),
  community: both('槐花'),
  shifts: [shift('next', '2026-12-05', { role: both('理发'), needs: ['haircutting'] })],
};
const found = (wanted: Wanted, now = '2026-11-25T00:00:00.000Z') =>
  findShifts([CLINIC, HAIRCUTS], wanted, now).flatMap(({ shifts }) => shifts.map(({ slotId }) => slotId));

describe('what somebody looks for', () => {
  it.each<[string, Wanted, string[]]>([
    ['nothing in particular', {}, ['sat', 'sun', 'next']],
    ['a district', { district: '北河区' }, ['next']],
    ['a community', { community: '榆树里' }, ['sat', 'sun']],
    ['a community of another district', { district: '北河区', community: '榆树里' }, []],
    ['a role', { role: '测量' }, ['sun']],
    ['a skill that is asked for', { need: 'haircutting' }, ['next']],
    ['the age of somebody too young for one shift', { age: 17 }, ['sat', 'next']],
    ['the last age of another', { age: 60 }, ['sat', 'sun', 'next']],
    ['an age past it', { age: 61 }, ['sat', 'next']],
    ['the least age of a shift', { age: 18 }, ['sat', 'sun', 'next']],
    ['from a day on', { from: '2026-11-29' }, ['sun', 'next']],
    ['until a day', { to: '2026-11-29' }, ['sat', 'sun']],
    ['one day', { from: '2026-11-29', to: '2026-11-29' }, ['sun']],
    ['only what they may sign up for', { slots: new Set(['sun']) }, ['sun']],
    ['all of it in one shift, not some in each', { role: '引导', need: 'nursing' }, []],
  ])('%s', (_, wanted, expected) => {
    expect(found(wanted)).toEqual(expected);
  });

  it('leaves out an event that has none of it', () => {
    const events = findShifts([CLINIC, HAIRCUTS], { role: '测量' }, '2026-11-25T00:00:00.000Z').map(
      ({ event }) => event,
    );
    expect(events).toEqual([CLINIC]);
  });

  it('is nothing that has begun: neither a shift nor an event of nothing else', () => {
    expect(found({}, '2026-11-28T01:00:00.000Z')).toEqual(['sun', 'next']);
    expect(found({}, '2026-11-29T02:00:00.000Z')).toEqual(['next']);
  });

  it.each([
    ['this weekend where one of its dates is', ['2026-11-27', '2026-11-29'], 'weekend'],
    ['this weekend where it is on its first day', ['2026-11-28'], 'weekend'],
    ['soon where it goes past the weekend and takes place on none of its days', ['2026-11-27', '2026-11-30'], 'soon'],
    ['later where it begins after it', ['2026-11-30'], 'later'],
  ] as const)('is %s', (_, dates, expected) => {
    expect(whenFound(dates, { from: '2026-11-28', to: '2026-11-29' })).toBe(expected);
  });
});
