import { describe, expect, test } from 'vitest';
import { type SiteSchedule, siteDay } from '../../shared/domain/site-schedule.ts';

const both = (text: string) => ({ zh: text, en: text });
const week = (from: string, more: Partial<SiteSchedule> = {}): SiteSchedule => ({
  effectiveFrom: '2026-01-01',
  hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    from,
    to: '12:00',
    slotMinutes: 60,
    places: 2,
    procedure: 'whole-blood' as const,
  })),
  closedOn: [],
  stops: [],
  ...more,
});
const opens = (schedules: readonly SiteSchedule[], date: string) =>
  siteDay(schedules, date, 'Asia/Shanghai').slots[0]?.time;

describe('a site’s day', () => {
  const spring = week('09:00', { effectiveTo: '2026-05-31' });
  const summer = week('08:00', { effectiveFrom: '2026-06-01' });

  test('follows the schedule that holds on its date, from its first to its last', () => {
    expect(opens([spring, summer], '2025-12-31')).toBeUndefined();
    expect(opens([spring, summer], '2026-01-01')).toBe('0900');
    expect(opens([spring], '2026-05-31')).toBe('0900');
    expect(opens([spring], '2026-06-01')).toBeUndefined();
    expect(opens([spring, summer], '2026-06-01')).toBe('0800');
  });

  test('follows the schedule that began last where several hold, however they are listed', () => {
    const always = week('09:00');
    expect(opens([always, summer], '2026-05-31')).toBe('0900');
    expect(opens([always, summer], '2026-06-01')).toBe('0800');
    expect(opens([summer, always], '2026-06-01')).toBe('0800');
  });

  test('without a schedule, or closed on that date, has no slot', () => {
    expect(siteDay([], '2026-06-01', 'Asia/Shanghai')).toEqual({ slots: [] });
    const closed = week('09:00', { closedOn: ['2026-06-19'], stops: [{ on: 5, stop: both('Square') }] });
    expect(siteDay([closed], '2026-06-19', 'Asia/Shanghai')).toEqual({ slots: [] });
    expect(opens([closed], '2026-06-20')).toBe('0900');
  });

  test('of a bus says where it stands: by date before weekday, and nothing where neither is given', () => {
    const bus = week('09:00', {
      stops: [
        { on: 5, stop: both('Square') },
        { on: '2026-06-19', stop: both('Harbour') },
      ],
    });
    expect(siteDay([bus], '2026-06-12', 'Asia/Shanghai').stop).toEqual(both('Square'));
    expect(siteDay([bus], '2026-06-19', 'Asia/Shanghai').stop).toEqual(both('Harbour'));
    expect('stop' in siteDay([bus], '2026-06-20', 'Asia/Shanghai')).toBe(false);
  });
});
