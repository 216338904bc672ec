import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSpan } from '../../shared/domain/dates.ts';
import { honours, timesOf } from '../../shared/domain/honours.ts';
import type { HonourRules } from '../../shared/domain/policy-pack.ts';
import type { PastDonation } from '../../shared/domain/refusal.ts';
import { cn } from '../../shared/policy/cn.ts';
import { platelets, wholeBlood } from '../builders/facts.ts';

const rules = fc.boolean().map(
  (value): HonourRules => ({
    ...(cn.honours as HonourRules),
    carryOver: { value, mark: 'R' },
  }),
);
const history = fc
  .array(
    fc.constantFrom<PastDonation>(
      wholeBlood('', 200),
      wholeBlood('', 300),
      wholeBlood('', 400),
      platelets('', 1),
      platelets('', 2),
    ),
    { maxLength: 150 },
  )
  .map((given) => given.map((it, n) => ({ ...it, date: addSpan('1999-01-31', { value: n, unit: 'month' }) })));

test('nothing once met is lost by giving again, and the figures only grow', () => {
  fc.assert(
    fc.property(rules, history, (pack, given) => {
      const before = honours(pack, given.slice(0, -1));
      const after = honours(pack, given);
      expect(after.met.slice(0, before.met.length)).toEqual(before.met);
      expect(after.volumeMl).toBeGreaterThanOrEqual(before.volumeMl);
      expect(after.times).toBeGreaterThanOrEqual(before.times);
    }),
  );
});

test('golds are never more than 40 times each, nor fewer than 41.5 would earn', () => {
  fc.assert(
    fc.property(rules, history, (pack, given) => {
      const { times, met } = honours(pack, given);
      const golds = met.filter(({ honour }) => honour === 'gold').length;
      expect(golds).toBeLessThanOrEqual(Math.floor(times / 40));
      expect(golds).toBeGreaterThanOrEqual(Math.floor(times / 41.5));
      if (pack.carryOver.value) expect(golds).toBe(Math.floor(times / 40));
      expect(met.some(({ honour }) => honour === 'lifetime')).toBe(golds >= 3);
    }),
  );
});

test('what is left to the next is just enough', () => {
  fc.assert(
    fc.property(rules, history, (pack, given) => {
      const { next, met } = honours(pack, given);
      expect(next).toBeDefined();
      if (!next) return;
      expect(next.timesLeft).toBeGreaterThan(0);
      const one = { ...wholeBlood('2099-01-01', 200) };
      const needed = Math.ceil(next.timesLeft / timesOf(pack, one));
      const more = Array.from({ length: needed }, () => one);
      const reached = (n: number) => honours(pack, [...given, ...more.slice(0, n)]).met.slice(met.length);
      expect(reached(needed - 1)).toEqual([]);
      expect(reached(needed)[0]).toMatchObject({ honour: next.honour });
    }),
  );
});
