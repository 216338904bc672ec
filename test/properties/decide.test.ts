import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../shared/domain/decide.ts';
import { instantNow, localDateOf } from '../../shared/domain/local-time.ts';
import type { Commitment, SlotFacts } from '../../shared/domain/refusal.ts';
import { cn } from '../../shared/policy/cn.ts';
import { someone } from '../builders/facts.ts';

const NOW = Date.UTC(2026, 11, 1);
const stretch = fc.tuple(fc.integer({ min: -24, max: 72 }), fc.integer({ min: 1, max: 8 })).map(([start, length]) => ({
  startsAt: instantNow(NOW + start * 900_000),
  endsAt: instantNow(NOW + (start + length) * 900_000),
}));
const slot: fc.Arbitrary<SlotFacts> = fc
  .record({ when: stretch, donation: fc.boolean() })
  .map(({ when, donation }) => ({
    slotId: 'anywhere_any',
    kind: donation ? 'donation' : 'shift',
    ...(donation && { procedure: 'whole-blood' as const }),
    ...when,
    date: localDateOf(when.startsAt, 'Asia/Shanghai'),
    zone: 'Asia/Shanghai',
  }));

test('whoever only takes places the rules agree to never holds two that overlap, nor two live donations', () => {
  fc.assert(
    fc.property(fc.array(slot, { maxLength: 25 }), (slots) => {
      const now = instantNow(NOW);
      const held: Commitment[] = [];
      for (const [n, wanted] of slots.entries()) {
        const person = { status: 'active' as const, facts: someone(), commitments: held };
        if (!decide(person, wanted, cn, now).ok) continue;
        held.push({
          bookingId: `p1_${n}`,
          slotId: wanted.slotId,
          kind: wanted.kind,
          startsAt: wanted.startsAt,
          endsAt: wanted.endsAt,
        });
      }
      expect(held.filter(({ kind }) => kind === 'donation').length).toBeLessThanOrEqual(1);
      for (const one of held) {
        expect(one.startsAt > now).toBe(true);
        for (const other of held) {
          if (one === other) continue;
          // nothing of a stretch of time is in both, looked at quarter by quarter
          for (let at = Date.parse(one.startsAt); at < Date.parse(one.endsAt); at += 900_000) {
            expect(at >= Date.parse(other.startsAt) && at < Date.parse(other.endsAt)).toBe(false);
          }
        }
      }
    }),
  );
});

test('whoever only takes shifts the rules agree to rests between any two, and has no more of an event than it lets them', () => {
  const shift = fc
    .record({
      when: stretch,
      eventId: fc.constantFrom('one', 'other'),
      restMinutes: fc.option(fc.integer({ min: 1, max: 240 }), { nil: undefined }),
    })
    .map(({ when, eventId, restMinutes }) => ({
      slotId: `${eventId}_any`,
      kind: 'shift' as const,
      ...when,
      date: localDateOf(when.startsAt, 'Asia/Shanghai'),
      zone: 'Asia/Shanghai',
      eventId,
      ...(restMinutes !== undefined && { restMinutes }),
      ...(eventId === 'one' && { mostShifts: 2 }),
    }));
  fc.assert(
    fc.property(fc.array(fc.tuple(shift, fc.integer({ min: 0, max: 90 })), { maxLength: 25 }), (tries) => {
      const held: (Commitment & { restMinutes?: number })[] = [];
      let now = NOW;
      for (const [n, [wanted, later]] of tries.entries()) {
        now += later * 60_000;
        const person = { status: 'active' as const, facts: someone(), commitments: held };
        if (!decide(person, wanted, undefined, instantNow(now)).ok) continue;
        held.push({ ...wanted, bookingId: `p1_${n}` });
      }
      expect(held.filter(({ eventId }) => eventId === 'one').length).toBeLessThanOrEqual(2);
      const inOrder = held.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
      for (const [n, later] of inOrder.entries()) {
        for (const earlier of inOrder.slice(0, n)) {
          const rest = Math.max(earlier.restMinutes ?? 0, later.restMinutes ?? 0);
          expect(Date.parse(later.startsAt) - Date.parse(earlier.endsAt)).toBeGreaterThanOrEqual(rest * 60_000);
        }
      }
    }),
  );
});
