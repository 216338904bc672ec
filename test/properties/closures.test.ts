import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askedUntil,
  type Held,
  leaving,
  MOVE_RULES,
  type Nearby,
  planMoves,
  toldAt,
} from '../../shared/domain/closures.ts';
import { addSpan } from '../../shared/domain/dates.ts';
import { addMinutes } from '../../shared/domain/local-time.ts';
import { quietUntil } from '../../shared/domain/quiet-hours.ts';

const ZONE = 'Asia/Shanghai';
const DAY = '2026-11-25';
const NOW = '2026-11-25T00:00:00.000Z';
const SITES = ['own', 'near', 'far'] as const;

const slots = fc
  .array(
    fc.record({
      day: fc.integer({ min: -1, max: 9 }),
      hour: fc.integer({ min: 0, max: 15 }),
      site: fc.constantFrom(...SITES),
      free: fc.integer({ min: 0, max: 3 }),
      platelets: fc.boolean(),
      cutoffMinutes: fc.constantFrom(0, 60, 300),
    }),
    { maxLength: 25 },
  )
  .map((list) =>
    list.map(({ day, hour, site, free, platelets, cutoffMinutes }, n): Nearby => {
      const date = addSpan(DAY, { value: day, unit: 'day' });
      const startsAt = `${date}T${String(hour).padStart(2, '0')}:00:00.000Z`;
      return {
        slotId: `s${n}`,
        kind: 'donation',
        procedure: platelets ? 'platelets' : 'whole-blood',
        startsAt,
        endsAt: addMinutes(startsAt, 60),
        date,
        zone: ZONE,
        siteId: site,
        district: site === 'far' ? 'south' : 'north',
        free,
        cutoffMinutes,
      };
    }),
  );
const leavers = fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 20 }).map((hours) =>
  hours.map((hour, n) => ({
    bookingId: `b${n}`,
    personId: `p${n}`,
    date: DAY,
    startsAt: `${DAY}T${String(hour).padStart(2, '0')}:00:00.000Z`,
    zone: ZONE,
    procedure: 'whole-blood' as const,
    siteId: 'own',
    district: 'north',
  })),
);
const refused = fc.func(fc.boolean());

describe('moving people out of a closure', () => {
  it('fills no slot beyond its room, sends nobody where they may not or cannot go, and leaves nobody out who could', () => {
    fc.assert(
      fc.property(leavers, slots, refused, (people, places, refuse) => {
        const fits = ({ personId }: { personId: string }, { slotId }: Nearby) => !refuse(personId, slotId);
        const plan = planMoves(people, places, fits, NOW);
        expect(plan.map(({ leaver }) => leaver)).toEqual(people);
        const taken = new Map<string, number>();
        for (const { leaver, to } of plan) {
          const could = places.filter(
            (slot) =>
              slot.procedure === 'whole-blood' &&
              slot.free > (taken.get(slot.slotId) ?? 0) &&
              slot.date >= DAY &&
              slot.date <= addSpan(DAY, { value: MOVE_RULES.days, unit: 'day' }) &&
              slot.startsAt >= addMinutes(NOW, Math.max(MOVE_RULES.leadMinutes, slot.cutoffMinutes + 60)) &&
              fits(leaver, slot),
          );
          if (!to) expect(could).toEqual([]);
          else {
            expect(could).toContain(to);
            // No other of their own site that day is closer in time, and nothing away while there is one at home.
            const home = could.filter(({ siteId, date }) => siteId === 'own' && date === DAY);
            const away = (slot: Nearby) => Math.abs(Date.parse(slot.startsAt) - Date.parse(leaver.startsAt));
            if (home.length > 0) expect(away(to)).toBe(Math.min(...home.map(away)));
            if (home.length > 0) expect(home).toContain(to);
            taken.set(to.slotId, (taken.get(to.slotId) ?? 0) + 1);
          }
        }
      }),
    );
  });

  it('asks of a cut exactly as many to leave as are too many, and nobody who booked before one that stays', () => {
    const held = fc.array(
      fc.record({
        minute: fc.integer({ min: 0, max: 59 }),
        status: fc.constantFrom('booked' as const, 'booked' as const, 'arrived' as const, 'cancelled' as const),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(held, fc.integer({ min: 0, max: 30 }), (list, places) => {
        const all = list.map(
          ({ minute, status }, n): Held => ({
            bookingId: `b${String(n).padStart(2, '0')}`,
            status,
            createdAt: `2026-11-01T00:${String(minute).padStart(2, '0')}:00.000Z`,
          }),
        );
        const go = leaving(all, places);
        const booked = all.filter(({ status }) => status === 'booked');
        const taking = all.filter(({ status }) => status !== 'cancelled').length;
        expect(go.length).toBe(Math.min(booked.length, Math.max(0, taking - places)));
        const stay = booked.filter((it) => !go.includes(it));
        for (const one of stay) for (const other of go) expect(one.createdAt <= other.createdAt).toBe(true);
      }),
    );
  });

  it('always leaves an hour to answer, and tells nobody at night what leaves time in the morning', () => {
    const quiet = (at: string, zone: string) => quietUntil(at, zone, { from: '21:00', to: '08:00' });
    const minutes = fc.integer({ min: 180, max: 5000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        minutes,
        minutes,
        fc.integer({ min: 0, max: 120 }),
        (of, a, b, cutoffMinutes) => {
          const now = addMinutes(NOW, of);
          const [old, startsAt] = [addMinutes(now, a - 180), addMinutes(now, b)];
          const tellAt = toldAt(now, [old, startsAt], ZONE, quiet);
          expect(askedUntil(tellAt, { startsAt, cutoffMinutes }) >= addMinutes(tellAt, 60)).toBe(true);
          expect(tellAt === now || quiet(tellAt, ZONE) === undefined).toBe(true);
          if (tellAt !== now) expect(addMinutes(tellAt, 180) <= (old < startsAt ? old : startsAt)).toBe(true);
        },
      ),
    );
  });
});
