import fc from 'fast-check';
import { getISO } from 'temporal-polyfill/fns/Calendar';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import { describe, expect, test } from 'vitest';
import { addSpan, ageOn, birthday, daysBetween, weekdayOf } from '../../shared/domain/dates.ts';
import { instantNow, localDateOf, localTimeCode, toInstant } from '../../shared/domain/local-time.ts';
import { slotsOfDay } from '../../shared/domain/weekly-hours.ts';

const ZONES = [
  'Asia/Shanghai',
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/Havana',
];
const zone = fc.constantFrom(...ZONES);
const minute = 60_000;
/** Any minute of three years, and the hours around changes of clocks more often. */
const instant = fc
  .oneof(
    fc.integer({ min: Date.UTC(2026, 0) / minute, max: Date.UTC(2029, 0) / minute }),
    fc
      .tuple(
        fc.constantFrom(
          Date.UTC(2026, 2, 29, 1),
          Date.UTC(2026, 9, 25, 1),
          Date.UTC(2026, 10, 1, 6),
          Date.UTC(2026, 2, 8, 7),
        ),
        fc.integer({ min: -180, max: 180 }),
      )
      .map(([ms, off]) => ms / minute + off),
  )
  .map((minutes) => instantNow(minutes * minute));
const date = fc
  .integer({ min: Date.UTC(1950, 0) / 86_400_000, max: Date.UTC(2050, 0) / 86_400_000 })
  .map((days) => instantNow(days * 86_400_000).slice(0, 10));

describe('an instant', () => {
  test('is found again from its local date and time, by its pass where the time is repeated', () => {
    fc.assert(
      fc.property(instant, zone, (at, where) => {
        const code = localTimeCode(at, where);
        const back = toInstant(`${localDateOf(at, where)}T${code.slice(0, 2)}:${code.slice(2, 4)}`, where);
        if (back.ok) {
          expect(back.instant).toBe(at);
          expect(code).toHaveLength(4);
        } else {
          expect(back).toMatchObject({ why: 'repeated' });
          if (back.why === 'repeated') expect(back.instants[code.endsWith('b') ? 1 : 0]).toBe(at);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('lies on local dates that are at most two days apart anywhere', () => {
    fc.assert(
      fc.property(instant, zone, zone, (at, here, there) => {
        expect(Math.abs(daysBetween(localDateOf(at, here), localDateOf(at, there)))).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('a span', () => {
  test('of days or weeks is that many days', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 800 }), (from, n) => {
        expect(daysBetween(from, addSpan(from, { value: n, unit: 'day' }))).toBe(n);
        expect(daysBetween(from, addSpan(from, { value: n, unit: 'week' }))).toBe(7 * n);
      }),
    );
  });

  test('of months keeps the day of the month, or ends on the last', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 36 }), (from, n) => {
        const to = addSpan(from, { value: n, unit: 'month' });
        const next = addSpan(to, { value: 1, unit: 'day' });
        expect(to.slice(8) === from.slice(8) || (next.endsWith('-01') && to.slice(8) < from.slice(8))).toBe(true);
        const months = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(months(to) - months(from)).toBe(n);
      }),
    );
  });

  test('starting later never ends earlier', () => {
    fc.assert(
      fc.property(
        date,
        date,
        fc.constantFrom('day', 'week', 'month', 'year'),
        fc.integer({ min: 0, max: 24 }),
        (a, b, unit, value) => {
          const [first, last] = a <= b ? [a, b] : [b, a];
          expect(addSpan(first, { value, unit }) <= addSpan(last, { value, unit })).toBe(true);
        },
      ),
    );
  });
});

test('an age is the number of birthdays passed', () => {
  fc.assert(
    fc.property(date, date, (birth, on) => {
      fc.pre(birth <= on);
      const years = ageOn(birth, on);
      expect(birthday(birth, years) <= on).toBe(true);
      expect(on < birthday(birth, years + 1)).toBe(true);
    }),
  );
});

test('the slots of any day, anywhere, follow each other without overlap, on that date, each under a name of its own', () => {
  const clock = fc.integer({ min: 0, max: 96 }).map((quarters) => {
    const pad = (n: number) => String(n).padStart(2, '0');
    return `${pad(Math.floor(quarters / 4))}:${pad((quarters % 4) * 15)}`;
  });
  const dates = fc.oneof(date, fc.constantFrom('2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-04-05'));
  fc.assert(
    fc.property(dates, zone, clock, clock, fc.constantFrom(10, 15, 20, 45, 60, 90), (on, where, a, b, slotMinutes) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      fc.pre(from !== to);
      const every = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
        weekday,
        from,
        to,
        slotMinutes,
        places: 1,
        procedure: 'platelets' as const,
      }));
      const slots = slotsOfDay(every, on, where);
      expect(new Set(slots.map(({ time }) => time)).size).toBe(slots.length);
      for (const [n, slot] of slots.entries()) {
        expect(Date.parse(slot.endsAt) - Date.parse(slot.startsAt)).toBe(slotMinutes * minute);
        expect(localDateOf(slot.startsAt, where)).toBe(on);
        expect(slot.time).toBe(localTimeCode(slot.startsAt, where));
        const next = slots[n + 1];
        if (next) expect(slot.endsAt <= next.startsAt).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});

describe('dates, beside the library for calendars,', () => {
  const span = fc.record({
    value: fc.integer({ min: -400, max: 400 }),
    unit: fc.constantFrom('day', 'week', 'month', 'year'),
  });
  const plain = (text: string) => PlainDate.fromString(text, getISO);
  const later = {
    day: PlainDate.addDays,
    week: PlainDate.addWeeks,
    month: PlainDate.addMonths,
    year: PlainDate.addYears,
  };

  test('are added to and counted as it does', () => {
    fc.assert(
      fc.property(date, date, span, (from, other, { value, unit }) => {
        expect(addSpan(from, { value, unit })).toBe(PlainDate.toString(later[unit](plain(from), value)));
        expect(daysBetween(from, other)).toBe(PlainDate.diff(plain(from), plain(other), { largestUnit: 'day' }).days);
        expect(weekdayOf(from)).toBe(PlainDate.dayOfWeek(plain(from)));
      }),
      { numRuns: 2_000 },
    );
  });
});
