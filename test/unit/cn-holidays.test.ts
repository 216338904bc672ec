import { describe, expect, it } from 'vitest';
import { addSpan, daysBetween, weekdayOf } from '../../shared/domain/dates.ts';
import { CN_HOLIDAYS } from '../../shared/policy/cn-holidays.ts';

describe('China’s public holidays', () => {
  it('are those of the notice, with the weekend days that are worked for them', () => {
    const [year] = CN_HOLIDAYS;
    expect(year).toMatchObject({ year: 2026, mark: 'C†' });
    expect(year?.source).toMatch(/国务院办公厅.*2025-11-04/);
    expect(
      year?.holidays?.map(({ name, from, to, worked }) => `${name.zh} ${from} ${to} ${worked.join(' ')}`.trim()),
    ).toEqual([
      '元旦 2026-01-01 2026-01-03 2026-01-04',
      '春节 2026-02-15 2026-02-23 2026-02-14 2026-02-28',
      '清明节 2026-04-04 2026-04-06',
      '劳动节 2026-05-01 2026-05-05 2026-05-09',
      '端午节 2026-06-19 2026-06-21',
      '中秋节 2026-09-25 2026-09-27',
      '国庆节 2026-10-01 2026-10-07 2026-09-20 2026-10-10',
    ]);
    expect(year?.holidays?.map(({ name }) => name.en)).toEqual([
      'New Year',
      'Spring Festival',
      'Qingming',
      'Labour Day',
      'Dragon Boat Festival',
      'Mid-Autumn Festival',
      'National Day',
    ]);
  });

  it('take as many working days as the law’s thirteen days off allow: every other one is made up for on a weekend', () => {
    for (const { holidays = [] } of CN_HOLIDAYS) {
      let free = 0;
      for (const { from, to, worked } of holidays) {
        for (let n = 0; n <= daysBetween(from, to); n += 1) {
          if (weekdayOf(addSpan(from, { value: n, unit: 'day' })) <= 5) free += 1;
        }
        expect(worked.every((day) => weekdayOf(day) >= 6)).toBe(true);
        free -= worked.length;
      }
      if (holidays.length > 0) expect(free).toBeLessThanOrEqual(13);
    }
  });

  it('of a year whose notice was not read are not made up', () => {
    const unread = CN_HOLIDAYS.filter(({ holidays }) => !holidays);
    expect(unread.map(({ year }) => year)).toEqual([2027]);
    for (const { mark, source } of unread) {
      expect(mark).toBeUndefined();
      expect(source).toMatch(/尚未读到/);
    }
  });
});
