import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addMinutes } from '../../shared/domain/local-time.ts';
import { poolsFor, TEAM_RULES, teamUntil } from '../../shared/domain/teams.ts';

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
