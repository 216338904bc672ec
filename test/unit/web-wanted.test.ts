import { describe, expect, it } from 'vitest';
import { addMonths, goesOnBy, wantedOf, weekend, weeksOf } from '../../web/src/lib/wanted.ts';

describe('what somebody looks for', () => {
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
