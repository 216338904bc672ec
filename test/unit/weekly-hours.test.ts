import { describe, expect, test } from 'vitest';
import { type OpeningHours, slotsOfDay } from '../../shared/domain/weekly-hours.ts';

const hours = (more: Partial<OpeningHours> = {}): OpeningHours => ({
  weekday: 7,
  from: '09:00',
  to: '12:00',
  slotMinutes: 60,
  places: 4,
  procedure: 'whole-blood',
  ...more,
});
const night = (more: Partial<OpeningHours> = {}) => hours({ from: '00:00', to: '04:00', ...more });
const times = (stretch: OpeningHours, date: string, zone: string) =>
  slotsOfDay([stretch], date, zone).map(({ time }) => time);

describe('the slots of a day', () => {
  test('fill the opening hours of its weekday', () => {
    expect(slotsOfDay([hours(), hours({ weekday: 1, from: '13:00' })], '2026-12-20', 'Asia/Shanghai')).toEqual([
      {
        procedure: 'whole-blood',
        places: 4,
        startsAt: '2026-12-20T01:00:00.000Z',
        endsAt: '2026-12-20T02:00:00.000Z',
        time: '0900',
      },
      {
        procedure: 'whole-blood',
        places: 4,
        startsAt: '2026-12-20T02:00:00.000Z',
        endsAt: '2026-12-20T03:00:00.000Z',
        time: '1000',
      },
      {
        procedure: 'whole-blood',
        places: 4,
        startsAt: '2026-12-20T03:00:00.000Z',
        endsAt: '2026-12-20T04:00:00.000Z',
        time: '1100',
      },
    ]);
  });

  test('are none on a day without hours', () => {
    expect(slotsOfDay([hours()], '2026-12-21', 'Asia/Shanghai')).toEqual([]);
  });

  test('leave out one that would end after closing', () => {
    expect(times(hours({ slotMinutes: 50 }), '2026-12-20', 'Asia/Shanghai')).toEqual(['0900', '0950', '1040']);
  });

  test('come in order of start over several stretches', () => {
    const both = slotsOfDay(
      [hours({ from: '14:00', to: '15:00' }), hours({ to: '10:00' }), hours({ to: '10:30', slotMinutes: 90 })],
      '2026-12-20',
      'Asia/Shanghai',
    );
    expect(both.map(({ time }) => time)).toEqual(['0900', '0900', '1400']);
  });

  test('may run to midnight', () => {
    expect(times(hours({ from: '22:00', to: '24:00' }), '2026-12-20', 'Asia/Shanghai')).toEqual(['2200', '2300']);
  });

  test('need lengths of whole minutes and times of the clock', () => {
    expect(times(hours({ to: '09:02', slotMinutes: 1 }), '2026-12-20', 'Asia/Shanghai')).toEqual(['0900', '0901']);
    expect(() => times(hours({ slotMinutes: 0 }), '2026-12-20', 'Asia/Shanghai')).toThrow('a slot lasts whole minutes');
    expect(() => times(hours({ slotMinutes: 0 }), '2026-12-20', 'Asia/Shanghai')).toThrow(RangeError);
    expect(() => times(hours({ from: '9:00' }), '2026-12-20', 'Asia/Shanghai')).toThrow('opening hours are HH:MM');
    expect(() => times(hours({ slotMinutes: 7.5 }), '2026-12-20', 'Asia/Shanghai')).toThrow(RangeError);
    expect(() => times(hours({ from: '9:00' }), '2026-12-20', 'Asia/Shanghai')).toThrow(RangeError);
  });
});

describe('on a night when clocks change', () => {
  test('hours that are skipped have no slot', () => {
    expect(times(night(), '2026-03-29', 'Europe/London')).toEqual(['0000', '0200', '0300']);
    expect(times(night(), '2026-03-08', 'America/New_York')).toEqual(['0000', '0100', '0300']);
  });

  test('hours that are repeated have both', () => {
    expect(times(night(), '2026-10-25', 'Europe/London')).toEqual(['0000', '0100', '0100b', '0200', '0300']);
    expect(times(night({ slotMinutes: 30, to: '02:00' }), '2026-11-01', 'America/New_York')).toEqual([
      '0000',
      '0030',
      '0100',
      '0130',
      '0100b',
      '0130b',
    ]);
  });

  test('an opening in the skipped hour is at the jump, and a closing there too', () => {
    expect(times(night({ from: '01:30' }), '2026-03-29', 'Europe/London')).toEqual(['0200', '0300']);
    expect(times(night({ to: '01:30' }), '2026-03-29', 'Europe/London')).toEqual(['0000']);
  });

  test('an opening in the repeated hour is at its first pass, and a closing at its last', () => {
    expect(times(night({ from: '01:00', to: '02:00' }), '2026-10-25', 'Europe/London')).toEqual(['0100', '0100b']);
    expect(times(night({ from: '01:30', to: '02:00', slotMinutes: 30 }), '2026-10-25', 'Europe/London')).toEqual([
      '0130',
      '0100b',
      '0130b',
    ]);
    expect(times(night({ from: '00:00', to: '01:30', slotMinutes: 30 }), '2026-10-25', 'Europe/London')).toEqual([
      '0000',
      '0030',
      '0100',
      '0130',
      '0100b',
    ]);
  });

  test('a closing at the moment clocks go back is at its first pass, so that the next stretch begins there', () => {
    expect(times(night({ to: '01:00' }), '2026-10-25', 'Europe/London')).toEqual(['0000']);
    const both = slotsOfDay([night({ to: '01:00' }), night({ from: '01:00' })], '2026-10-25', 'Europe/London');
    expect(both.map(({ time }) => time)).toEqual(['0000', '0100', '0100b', '0200', '0300']);
  });

  test('hours to midnight end when midnight first comes', () => {
    const saturday = hours({ weekday: 6, from: '22:00', to: '24:00' });
    expect(times(saturday, '2026-10-31', 'America/Havana')).toEqual(['2200', '2300']);
    const sunday = hours({ from: '00:00', to: '02:00' });
    expect(times(sunday, '2026-11-01', 'America/Havana')).toEqual(['0000', '0000b', '0100']);
  });

  test('the next day is as ever', () => {
    const monday = hours({ weekday: 1, to: '10:00' });
    const [before] = slotsOfDay([monday], '2026-10-19', 'Europe/London');
    const [after] = slotsOfDay([monday], '2026-10-26', 'Europe/London');
    expect(before).toMatchObject({ startsAt: '2026-10-19T08:00:00.000Z', time: '0900' });
    expect(after).toMatchObject({ startsAt: '2026-10-26T09:00:00.000Z', time: '0900' });
  });
});
