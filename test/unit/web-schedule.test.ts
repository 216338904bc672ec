import { describe, expect, it } from 'vitest';
import {
  isChanged,
  NEW_ROW,
  type Plan,
  previewOf,
  rowsOf,
  type WeekValues,
  weekOf,
  weekProblems,
  weekValues,
} from '../../web/src/staff/schedule-values.ts';

/** Monday 23 November 2026, ten in the morning in Shanghai. */
const NOW = '2026-11-23T02:00:00.000Z';
const DAY = '2026-11-24';
const hours = (weekday: number, more: object = {}) => ({
  weekday,
  from: '09:00',
  to: '12:00',
  slotMinutes: 60,
  places: 4,
  procedure: 'whole-blood' as const,
  ...more,
});
const slot = (from: string, to: string, more: object = {}) => ({
  procedure: 'whole-blood' as const,
  time: from.replace(':', ''),
  startsAt: new Date(`${DAY}T${from}:00+08:00`).toISOString(),
  endsAt: new Date(`${DAY}T${to}:00+08:00`).toISOString(),
  places: 4,
  taken: 0,
  waited: false,
  status: 'open' as const,
  ...more,
});
const WEEK: Plan['weeks'][number] = {
  effectiveFrom: '2026-01-01',
  hours: [hours(2), hours(3), hours(2, { from: '14:00', to: '24:00' })],
  closedOn: ['2026-12-01'],
  otherHours: [{ on: '2026-11-25', hours: [{ ...hours(0), from: '10:00' }].map(({ weekday: _, ...rest }) => rest) }],
  stops: [
    { on: 2, stop: { zh: '北门', en: 'North Gate' } },
    { on: '2026-12-02', stop: { zh: '广场', en: 'Square' } },
  ],
  version: 3,
};
const plan = (more: Partial<Plan> = {}): Plan => ({
  siteId: 'central',
  zone: 'Asia/Shanghai',
  today: '2026-11-23',
  procedures: ['whole-blood'],
  bus: true,
  weeks: [WEEK],
  days: [{ date: DAY, slots: [slot('09:00', '10:00', { taken: 1 }), slot('10:00', '11:00'), slot('11:00', '12:00')] }],
  closings: [],
  holidays: [],
  ...more,
});
const values = (more: Partial<WeekValues> = {}): WeekValues => ({ ...weekValues(WEEK), ...more });

describe('a week in its form', () => {
  it('shows the same hours of several days as one row, and is itself again when it is sent', () => {
    expect(rowsOf(WEEK.hours).map(({ weekdays, from }) => [weekdays, from])).toEqual([
      [[2, 3], '09:00'],
      [[2], '14:00'],
    ]);
    const { week, origin } = weekOf(values());
    const { version: _, ...stored } = WEEK;
    expect({ ...week, hours: week.hours.toSorted((a, b) => a.from.localeCompare(b.from)) }).toEqual({
      ...stored,
      hours: stored.hours.toSorted((a, b) => a.from.localeCompare(b.from)),
    });
    expect(origin).toEqual([0, 0, 1]);
  });
  it('takes midnight as the end of the day, and figures in full width', () => {
    const row = { ...NEW_ROW, weekdays: [1], to: '00:00', places: ' ４ ' };
    expect(weekOf(values({ rows: [row] })).week.hours).toMatchObject([{ to: '24:00', places: 4 }]);
  });
});

describe('what cannot be', () => {
  const faults = (more: Partial<WeekValues>, isNew = false) =>
    weekProblems(values(more), plan(), isNew).map(({ field, why }) => `${field} ${why}`);
  it('is said at its field', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ rows: [{ ...NEW_ROW, weekdays: [] }] })).toEqual(['rows-0-day-1 days']);
    expect(faults({ rows: [NEW_ROW, { ...NEW_ROW, from: '16:00', to: '20:00' }] })).toEqual(['rows-1-from repeated']);
    expect(faults({ rows: [{ ...NEW_ROW, places: 'x' }] })).toEqual(['rows-0-places places']);
    expect(faults({ rows: [{ ...NEW_ROW, slotMinutes: '2' }] })).toEqual(['rows-0-slotMinutes slotMinutes']);
    expect(faults({ rows: [{ ...NEW_ROW, to: '08:00' }] })).toEqual(['rows-0-to times']);
    expect(faults({ dates: [{ on: '', closed: true, hours: [] }] })).toEqual(['dates-0-on date']);
    const twice = { on: '2026-12-01', closed: true, hours: [] };
    expect(faults({ dates: [twice, twice] })).toEqual(['dates-1-on date']);
    const own = { on: '2026-12-01', closed: false, hours: [{ ...NEW_ROW, places: '0' }] };
    expect(faults({ dates: [{ ...twice, on: '2026-12-02' }, own] })).toEqual(['dates-1-hours-0-places places']);
    expect(faults({ stops: [{ weekday: '1', date: '', zh: '', en: 'x' }] })).toEqual(['stops-0-zh stop']);
    expect(faults({ effectiveTo: '2025-01-01' })).toEqual(['effectiveTo effectiveTo']);
    expect(faults({ effectiveFrom: '2026-11-22' }, true)).toEqual(['effectiveFrom effectiveFrom']);
    expect(faults({ effectiveFrom: '2026-01-01' }, true)).toContain('effectiveFrom taken');
  });
});

describe('the preview', () => {
  it('says day by day what is added, what goes, and whom only a closure could move', () => {
    const [same] = previewOf(values({ rows: rowsOf([hours(2)]) }), plan(), NOW);
    expect(same && isChanged(same)).toBe(false);
    expect(same).toMatchObject({ before: 12, after: 12, people: 0 });
    const [shorter] = previewOf(values({ rows: rowsOf([hours(2, { slotMinutes: 90 })]) }), plan(), NOW);
    expect(shorter && isChanged(shorter)).toBe(true);
    expect(shorter).toMatchObject({ before: 12, after: 8, people: 1 });
    expect(shorter?.change.added.map(({ time }) => time)).toEqual(['1030']);
    expect(shorter?.change.blocked.map(({ time }) => time)).toEqual(['0900']);
  });
  it('adds nothing that a closure holds against', () => {
    const closing = { from: DAY, to: DAY, fromTime: '12:00', places: 0 };
    const [day] = previewOf(values({ rows: rowsOf([hours(2, { to: '14:00' })]) }), plan({ closings: [closing] }), NOW);
    expect(day?.change.added).toEqual([]);
    const [open] = previewOf(values({ rows: rowsOf([hours(2, { to: '14:00' })]) }), plan(), NOW);
    expect(open?.change.added).toHaveLength(2);
  });
});
