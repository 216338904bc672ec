import { describe, expect, it } from 'vitest';
import { findShifts, type SoughtShift, type Wanted, whenFound } from '../../shared/domain/find-events.ts';
import { addMonths, goesOnBy, wantedOf, weekend, weeksOf } from '../../web/src/lib/wanted.ts';

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
    ['a community of another district', { district: '北河区', community: '榆树里' }, []],
    ['a role', { role: '测量' }, ['sun']],
    ['a skill that is asked for', { need: 'haircutting' }, ['next']],
    ['the age of somebody too young for one shift', { age: 17 }, ['sat', 'next']],
    ['the last age of another', { age: 60 }, ['sat', 'sun', 'next']],
    ['an age past it', { age: 61 }, ['sat', 'next']],
    ['one day', { from: '2026-11-29', to: '2026-11-29' }, ['sun']],
    ['only what they may sign up for', { slots: new Set(['sun']) }, ['sun']],
    ['all of it in one shift, not some in each', { role: '引导', need: 'nursing' }, []],
  ])('%s', (_, wanted, expected) => {
    expect(found(wanted)).toEqual(expected);
  });

  it('is nothing that has begun: neither a shift nor an event of nothing else', () => {
    expect(found({}, '2026-11-28T01:00:00.000Z')).toEqual(['sun', 'next']);
    expect(found({}, '2026-11-29T02:00:00.000Z')).toEqual(['next']);
  });

  it.each([
    ['this weekend where one of its dates is', ['2026-11-27', '2026-11-29'], 'weekend'],
    ['soon where it goes past the weekend and takes place on none of its days', ['2026-11-27', '2026-11-30'], 'soon'],
    ['later where it begins after it', ['2026-11-30'], 'later'],
  ] as const)('is %s', (_, dates, expected) => {
    expect(whenFound(dates, { from: '2026-11-28', to: '2026-11-29' })).toBe(expected);
  });

  it('is looked for until all is there or enough, and not without end where a page cannot be had', () => {
    const list = { items: [1], hasNextPage: true, isError: false, most: 2 };
    expect(goesOnBy(list)).toBe(true);
    expect(goesOnBy({ ...list, isError: true })).toBe(false);
    expect(goesOnBy({ ...list, items: [1, 2] })).toBe(false);
    expect(goesOnBy({ ...list, hasNextPage: false })).toBe(false);
  });

  it('is what the address says, and what is no such thing is left out', () => {
    const read = (query: string) => wantedOf(new URLSearchParams(query), '2026-11-25');
    expect(read('when=weekend&district=南塘区&need=nursing&age=17')).toMatchObject({
      district: '南塘区',
      need: 'nursing',
      age: 17,
      from: '2026-11-28',
      to: '2026-11-29',
    });
    expect(read('when=someday&need=flying&age=-3&district=')).toEqual({});
  });

  it('of a weekend is the one that is on or comes, and the next is another', () => {
    expect(weekend('next', '2026-11-25')).toEqual({ from: '2026-12-05', to: '2026-12-06' });
    // On a Sunday the weekend is that day alone, and the next is still the next.
    expect(weekend('weekend', '2026-11-29')).toEqual({ from: '2026-11-29', to: '2026-11-29' });
    expect(weekend('next', '2026-11-29')).toEqual({ from: '2026-12-05', to: '2026-12-06' });
  });
});

describe('a month of the calendar', () => {
  it('begins its weeks on Monday and holds each of its days once', () => {
    const weeks = weeksOf('2026-11');
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect(weeks[0]?.slice(-1)).toEqual(['2026-11-01']);
    expect(weeks.flat().filter(Boolean)).toHaveLength(30);
    expect(addMonths('2026-12', 1)).toBe('2027-01');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
  });
});
