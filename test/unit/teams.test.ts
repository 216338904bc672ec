import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addMinutes } from '../../shared/domain/local-time.ts';
import { isAsked, poolsFor, TEAM_RULES, TEAM_STEPS, TEAM_TRANSITIONS, teamUntil } from '../../shared/domain/teams.ts';
import { TEAM_SEAT_STATUSES } from '../../shared/domain/vocabulary.ts';

const NOW = '2026-12-01T00:00:00.000Z';
const inMinutes = fc.integer({ min: -600, max: 10_000 });

it('a team’s places are kept for two days, and never past the close of sign-up or too near the shift', () => {
  fc.assert(
    fc.property(inMinutes, fc.option(inMinutes), (starts, closes) => {
      const startsAt = addMinutes(NOW, starts);
      const closesAt = closes === null ? undefined : addMinutes(NOW, closes);
      const until = teamUntil(NOW, { startsAt, closesAt });
      const last = [
        addMinutes(NOW, TEAM_RULES.hours * 60),
        addMinutes(startsAt, -TEAM_RULES.leadMinutes),
        closesAt ?? '9999',
      ].toSorted()[0];
      if (until !== undefined) expect(until).toBe(last);
      expect(until === undefined).toBe((last ?? '') < addMinutes(NOW, TEAM_RULES.leastMinutes));
    }),
  );
});

it('a team is begun with an hour left at the least, and has what is left where that is less than two days', () => {
  const [startsAt, hour] = [addMinutes(NOW, 600), addMinutes(NOW, 60)];
  expect(teamUntil(NOW, { startsAt })).toBe(addMinutes(NOW, 480));
  expect(teamUntil(NOW, { startsAt, closesAt: hour })).toBe(hour);
  expect(teamUntil(NOW, { startsAt, closesAt: addMinutes(NOW, 59) })).toBeUndefined();
  expect(teamUntil(NOW, { startsAt: addMinutes(NOW, 10_000) })).toBe('2026-12-03T00:00:00.000Z');
});

it('a place that is kept for somebody ends once, and each way of ending it is told apart', () => {
  for (const step of TEAM_STEPS) {
    expect(
      TEAM_SEAT_STATUSES.filter((status) => (TEAM_TRANSITIONS[step].from as readonly string[]).includes(status)),
    ).toEqual(['asked']);
  }
  expect(TEAM_STEPS.map((step) => TEAM_TRANSITIONS[step].to)).toEqual(
    TEAM_SEAT_STATUSES.filter((status) => !isAsked({ status })),
  );
});

it('a team is together in as few pools as can be', () => {
  const pool = (k: number, free: number, open = true) => ({ k, free, open });
  expect(poolsFor([pool(0, 1), pool(1, 5), pool(2, 2), pool(3, 9, false)], 6)).toEqual([1, 1, 1, 1, 1, 2]);
});

it('a team’s places come from open pools that have them, and as many as it needs or none', () => {
  const pool = fc.record({ free: fc.integer({ min: 0, max: 5 }), open: fc.boolean() });
  fc.assert(
    fc.property(fc.array(pool, { maxLength: 6 }), fc.integer({ min: 2, max: 20 }), (list, places) => {
      const pools = list.map((each, k) => ({ ...each, k }));
      const room = pools.reduce((sum, { free, open }) => sum + (open ? free : 0), 0);
      const from = poolsFor(pools, places);
      expect(from?.length).toBe(room >= places ? places : undefined);
      for (const { k, free, open } of pools) {
        const taken = (from ?? []).filter((it) => it === k).length;
        expect(taken).toBeLessThanOrEqual(open ? free : 0);
      }
    }),
  );
});
