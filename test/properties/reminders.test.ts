import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSpan } from '../../shared/domain/dates.ts';
import { addMinutes, instantNow, localDateOf } from '../../shared/domain/local-time.ts';
import { quietAround, wallClock } from '../../shared/domain/quiet-hours.ts';
import { remindersOf } from '../../shared/domain/reminders.ts';

const MINUTE = 60_000;
/** On either side of the date line, with clocks that change by an hour, by half an hour, at midnight, and never. */
const zone = fc.constantFrom(
  'Asia/Shanghai',
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/Havana',
);
const instant = fc
  .oneof(
    fc.integer({ min: Date.UTC(2026, 0) / MINUTE, max: Date.UTC(2028, 0) / MINUTE }),
    // The days around changes of clocks.
    fc
      .tuple(
        fc.constantFrom(
          Date.UTC(2026, 2, 29, 1),
          Date.UTC(2026, 9, 25, 1),
          Date.UTC(2026, 10, 1, 6),
          Date.UTC(2026, 2, 8, 5),
        ),
        fc.integer({ min: -2880, max: 2880 }),
      )
      .map(([ms, off]) => ms / MINUTE + off),
  )
  .map((minutes) => instantNow(minutes * MINUTE));
const clock = fc
  .integer({ min: 0, max: 95 })
  .map((n) => `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`);
const settings = fc.record(
  { dayBeforeAt: clock, minutesBefore: fc.constantFrom(30, 60, 90, 120, 240, 720) },
  { requiredKeys: [] },
);
const quiet = fc.option(
  fc.constantFrom(
    { from: '21:00', to: '08:00' },
    { from: '22:30', to: '07:00' },
    { from: '00:00', to: '06:00' },
    { from: '12:00', to: '14:00' },
  ),
  { nil: undefined },
);

test('whatever the place, its clocks and its settings, a reminder comes in time, wakes nobody and repeats nothing', () => {
  fc.assert(
    fc.property(
      instant,
      zone,
      settings,
      quiet,
      fc.integer({ min: 0, max: 60 * 24 * 20 }),
      (startsAt, where, chosen, night, ahead) => {
        const date = localDateOf(startsAt, where);
        const toldAt = addMinutes(startsAt, -ahead);
        const found = remindersOf({ startsAt, date, zone: where }, toldAt, chosen, night);
        for (const { kind, dueAt, until } of found) {
          expect(dueAt >= addMinutes(toldAt, 60), 'not within the hour of being told').toBe(true);
          expect(dueAt <= until && until <= startsAt, 'before the start').toBe(true);
          expect(quietAround(dueAt, where, night), 'in nobody’s night').toBeUndefined();
          const dayBefore = addSpan(date, { value: -1, unit: 'day' });
          if (kind === 'day-before') expect(localDateOf(dueAt, where) <= dayBefore, 'the day before').toBe(true);
          const asSet = chosen.dayBeforeAt && wallClock(dayBefore, chosen.dayBeforeAt, where, 'first');
          if (kind === 'day-before' && !quietAround(asSet ?? '', where, night))
            expect(dueAt, 'at its hour').toBe(asSet);
        }
        const dates = found.map(({ dueAt }) => localDateOf(dueAt, where));
        expect(new Set(dates).size, 'one a day').toBe(found.length);
        expect(found.length).toBeLessThanOrEqual(Object.keys(chosen).length);
        // Told long before, a place that sends both has at least one.
        if (ahead > 60 * 24 * 4 && Object.keys(chosen).length > 0) expect(found.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 1_000 },
  );
});
