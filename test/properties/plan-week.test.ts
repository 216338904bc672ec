import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addMinutes } from '../../shared/domain/local-time.ts';
import { planDay, type StandingSlot } from '../../shared/domain/plan-week.ts';
import type { PlannedSlot } from '../../shared/domain/weekly-hours.ts';

const MIDNIGHT = '2026-11-24T00:00:00.000Z';

/** Slots one after the other, as a week makes them. */
const rhythm = fc
  .record({
    first: fc.integer({ min: 0, max: 8 }),
    minutes: fc.constantFrom(30, 45, 60, 90),
    count: fc.integer({ min: 0, max: 10 }),
    places: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ first, minutes, count, places }) =>
    Array.from({ length: count }, (_, n): PlannedSlot => {
      const startsAt = addMinutes(MIDNIGHT, first * 60 + n * minutes);
      return {
        procedure: 'whole-blood',
        places,
        startsAt,
        endsAt: addMinutes(startsAt, minutes),
        time: startsAt.slice(11, 16).replace(':', ''),
      };
    }),
  );
const stands = fc.tuple(rhythm, fc.array(fc.nat(9), { minLength: 10, maxLength: 10 })).map(([slots, taken]) =>
  slots.map(
    (slot, n): StandingSlot => ({
      ...slot,
      taken: Math.min(slot.places, taken[n] ?? 0),
      waited: false,
      status: 'open',
    }),
  ),
);

it('a changed week takes no place from anybody, promises no chair twice, and comes whole once what is in its way has ended', () => {
  fc.assert(
    fc.property(rhythm, stands, fc.integer({ min: 0, max: 600 }), (wanted, standing, minutes) => {
      const now = addMinutes(MIDNIGHT, minutes);
      const change = planDay(wanted, standing, now);
      expect(change.goes.every(({ taken }) => taken === 0)).toBe(true);
      const after = [...standing.filter((slot) => !change.goes.includes(slot)), ...change.added].filter(
        ({ startsAt }) => startsAt > now,
      );
      for (const one of change.added) {
        const others = after.filter((other) => other !== one);
        expect(others.some((other) => one.startsAt < other.endsAt && other.startsAt < one.endsAt)).toBe(false);
      }
      // What is left of the old week is closed and goes: then the day is the week's.
      const ended = standing
        .filter((slot) => !change.goes.includes(slot) && !change.toClose.includes(slot))
        .concat(change.added.map((slot) => ({ ...slot, taken: 0, waited: false, status: 'open' as const })));
      const last = planDay(wanted, ended, now);
      expect(last).toMatchObject({ goes: [], toClose: [], blocked: [] });
      const starts = (slots: readonly { startsAt: string }[]) => slots.map(({ startsAt }) => startsAt).sort();
      expect(starts([...last.stays, ...last.added])).toEqual(starts(wanted.filter(({ startsAt }) => startsAt > now)));
    }),
  );
});
