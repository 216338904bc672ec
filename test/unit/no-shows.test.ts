import { expect, test } from 'vitest';
import { noShowsAt } from '../../shared/domain/no-shows.ts';

test('a day is looked through an hour after its last time, and once more when the date is over', () => {
  expect(noShowsAt('2026-11-28', 'Asia/Shanghai', '2026-11-28T09:00:00.000Z')).toEqual({
    first: '2026-11-28T10:00:00.000Z',
    last: '2026-11-28T16:00:00.000Z',
  });
});

test('the night belongs to the day on which it began, and clocks that go back make the date longer', () => {
  expect(noShowsAt('2026-11-28', 'Asia/Shanghai', '2026-11-28T17:00:00.000Z')).toEqual({
    first: '2026-11-28T18:00:00.000Z',
    last: '2026-11-28T18:00:00.000Z',
  });
  expect(noShowsAt('2026-11-01', 'America/New_York', '2026-11-01T22:00:00.000Z').last).toBe('2026-11-02T05:00:00.000Z');
});

test('a day without times is over with its date', () => {
  expect(noShowsAt('2026-11-28', 'Asia/Shanghai', undefined)).toEqual({
    first: '2026-11-28T16:00:00.000Z',
    last: '2026-11-28T16:00:00.000Z',
  });
});
