import { expect, test } from 'vitest';
import { BOARD_STATUSES, countDay, minutesLate } from '../../shared/domain/day-board.ts';
import { BOOKING_STATUSES } from '../../shared/domain/vocabulary.ts';

const at = (time: string): string => `2026-11-28T${time}:00.000Z`;
const hourOf = (instant: string): string => instant.slice(11, 13);

test('the board has a place for every state', () => {
  expect([...BOARD_STATUSES].toSorted()).toEqual([...BOOKING_STATUSES].toSorted());
});

test('somebody is late a quarter of an hour after their time, until they come', () => {
  const line = { status: 'booked', startsAt: at('09:00') } as const;
  expect(minutesLate(line, at('09:14'))).toBeUndefined();
  expect(minutesLate(line, at('09:15'))).toBe(15);
  for (const status of ['arrived', 'noshow', 'cancelled', 'fulfilled'] as const) {
    expect(minutesLate({ ...line, status }, at('12:00'))).toBeUndefined();
  }
});

test('a day is counted by state and by hour, and who gave their place up is expected by nobody', () => {
  const lines = [
    { status: 'booked', startsAt: at('10:00') },
    { status: 'fulfilled', startsAt: at('09:00') },
    { status: 'arrived', startsAt: at('11:00') },
    { status: 'noshow', startsAt: at('09:30') },
    { status: 'giving', startsAt: at('10:30') },
    { status: 'cancelled', startsAt: at('10:30') },
  ] as const;
  const day = countDay(lines, at('10:20'), hourOf);
  expect(day.byStatus).toMatchObject({ booked: 1, giving: 1, fulfilled: 1, noshow: 1, cancelled: 1, arrived: 1 });
  expect(day.late).toBe(1);
  expect(day.hours).toEqual([
    { hour: '09', expected: 2, came: 1 },
    { hour: '10', expected: 2, came: 1 },
    { hour: '11', expected: 1, came: 1 },
  ]);
});
