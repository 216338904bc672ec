import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSpan, daysBetween, weekdayOf } from '../../shared/domain/dates.ts';
import { isLastOfMonth, nthOfMonth, repeatDates } from '../../shared/domain/repeats.ts';
import { REPEAT_RULES } from '../../shared/domain/vocabulary.ts';

const dates = (...args: Parameters<typeof repeatDates>) => {
  const found = repeatDates(...args);
  return found.ok ? found.dates : found.faults.map(({ path, why }) => `${path} ${why}`);
};

describe('an event repeats', () => {
  it('weekly, every other week, on the same weekday of its month, or on the last one', () => {
    expect(dates('2026-11-28', { every: 'week', count: 3 })).toEqual(['2026-12-05', '2026-12-12']);
    expect(dates('2026-11-28', { every: 'two-weeks', until: '2026-12-26' })).toEqual(['2026-12-12', '2026-12-26']);
    // The third Saturday.
    expect(dates('2026-11-21', { every: 'month-nth', count: 4 })).toEqual(['2026-12-19', '2027-01-16', '2027-02-20']);
    expect(dates('2026-11-28', { every: 'month-last', count: 4 })).toEqual(['2026-12-26', '2027-01-30', '2027-02-27']);
  });

  it('on the fifth Saturday only in months that have one', () => {
    expect(dates('2027-01-30', { every: 'month-nth', until: '2027-11-30' })).toEqual([
      '2027-05-29',
      '2027-07-31',
      '2027-10-30',
    ]);
  });

  it('but not on the dates that are excepted, which count all the same', () => {
    expect(dates('2026-11-28', { every: 'week', count: 4, except: ['2026-12-12'] })).toEqual([
      '2026-12-05',
      '2026-12-19',
    ]);
    expect(dates('2026-11-28', { every: 'week', count: 4, except: ['2026-12-13'] })).toEqual(['except not-allowed']);
  });

  it('never without end, nor with two, nor for more than a year', () => {
    expect(dates('2026-11-28', { every: 'week' })).toEqual(['until no-end']);
    expect(dates('2026-11-28', { every: 'week', count: 2, until: '2026-12-26' })).toEqual(['count two-ends']);
    expect(dates('2026-11-28', { every: 'week', until: '2026-11-28' })).toEqual(['until too-early']);
    expect(dates('2026-11-28', { every: 'week', until: '2027-11-28' })).toHaveLength(52);
    expect(dates('2026-11-28', { every: 'week', count: 54 })).toEqual(['count too-many']);
    expect(dates('2026-11-21', { every: 'month-last', count: 3 })).toEqual(['every not-last']);
  });

  it('on dates in order, each as its rule says, whichever day it begins on', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3_000 }).map((n) => addSpan('2024-01-01', { value: n, unit: 'day' })),
        fc.constantFrom(...REPEAT_RULES),
        fc.integer({ min: 2, max: 9 }),
        (first, every, count) => {
          const found = repeatDates(first, { every, count });
          if (!found.ok) {
            // Only the fifth of a month may need more than a year, and only a date that is not the last is refused.
            expect(every === 'month-last' ? !isLastOfMonth(first) : nthOfMonth(first) === 5).toBe(true);
            return;
          }
          expect(found.dates).toHaveLength(count - 1);
          let before = first;
          for (const date of found.dates) {
            expect(date > before).toBe(true);
            expect(weekdayOf(date)).toBe(weekdayOf(first));
            if (every === 'week' || every === 'two-weeks')
              expect(daysBetween(before, date)).toBe(every === 'week' ? 7 : 14);
            if (every === 'month-nth') expect(nthOfMonth(date)).toBe(nthOfMonth(first));
            if (every === 'month-last') expect(isLastOfMonth(date)).toBe(true);
            before = date;
          }
        },
      ),
    );
  });
});
