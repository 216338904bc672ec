import { describe, expect, it } from 'vitest';
import { type CountedSlot, dayOffer } from '../../shared/domain/availability.ts';
import type { SiteSchedule } from '../../shared/domain/site-schedule.ts';

// A Monday.
const TODAY = '2026-11-23';
const NOW = '2026-11-23T02:00:00.000Z';
const LAST = '2026-12-21';

const slot = (hour: number, more: Partial<CountedSlot> = {}, date = TODAY): CountedSlot => ({
  procedure: 'whole-blood',
  startsAt: `${date}T${String(hour).padStart(2, '0')}:00:00.000Z`,
  status: 'open',
  places: 5,
  free: 3,
  ...more,
});
const hours = (weekday: number, procedure: 'whole-blood' | 'platelets' = 'whole-blood') => ({
  weekday,
  procedure,
  from: '09:00',
  to: '12:00',
  slotMinutes: 60,
  places: 5,
});
const week: SiteSchedule = {
  effectiveFrom: '2026-01-01',
  hours: [hours(1), hours(2, 'platelets'), hours(3)],
  closedOn: ['2026-11-25', '2026-12-28'],
  stops: [],
};
const offer = (date: string, slots: CountedSlot[], more: Partial<Parameters<typeof dayOffer>[1]> = {}) =>
  dayOffer(
    { date, slots },
    { procedure: 'whole-blood', now: NOW, today: TODAY, last: LAST, schedules: [week], ...more },
  );

describe('a site’s day', () => {
  it('counts what is free and what there is, of the slots still to come of one procedure', () => {
    const slots = [
      slot(1),
      slot(2),
      slot(3),
      slot(4, { free: 0 }),
      slot(5, { procedure: 'platelets', places: 2, free: 2 }),
      slot(6, { status: 'closed', free: 5 }),
      slot(7, { status: 'closing' }),
    ];
    expect(offer(TODAY, slots)).toEqual({ date: TODAY, slots: 2, places: 10, free: 3 });
    expect(offer(TODAY, slots, { procedure: 'platelets' })).toEqual({ date: TODAY, slots: 1, places: 2, free: 2 });
  });

  it('that is full is not closed', () => {
    expect(offer(TODAY, [slot(3, { free: 0 })])).toEqual({ date: TODAY, slots: 1, places: 5, free: 0 });
  });

  it.each<[string, string, CountedSlot[], string]>([
    ['today is over once its last slot has begun', TODAY, [slot(1), slot(2)], 'over'],
    ['has passed', '2026-11-22', [], 'over'],
    ['is closed by the station, though there were slots', TODAY, [slot(1), slot(5, { status: 'closed' })], 'closed'],
    [
      'takes no such donors on that weekday',
      '2026-11-24',
      [slot(3, { procedure: 'platelets' }, '2026-11-24')],
      'weekday',
    ],
    ['is a weekday of rest', '2026-11-26', [], 'weekday'],
    ['is a holiday', '2026-11-25', [], 'holiday'],
    ['is a holiday too far away to book, and known to be one', '2026-12-28', [], 'holiday'],
    ['is too far away to book', '2027-01-04', [], 'not-yet'],
    ['is the first that cannot be booked yet', '2026-12-23', [], 'not-yet'],
    ['has no slots though it should, for a reason nobody noted', '2026-12-21', [], 'closed'],
    [
      'has only the other procedure’s slots on a day it should have both',
      TODAY,
      [slot(5, { procedure: 'platelets' })],
      'closed',
    ],
  ])('%s', (_, date, slots, closed) => {
    expect(offer(date, slots)).toEqual({ date, slots: 0, places: 0, free: 0, closed });
  });

  it('of a site without a schedule is closed, or not yet open', () => {
    expect(offer('2026-11-26', [], { schedules: [] }).closed).toBe('closed');
    expect(offer('2027-01-01', [], { schedules: [] }).closed).toBe('not-yet');
  });
});
