import fc from 'fast-check';
import { expect, it } from 'vitest';
import { POOL_PLACES, placesMoved, poolSizes, takenOf } from '../../shared/store/slots.ts';

type Pools = { k: number; places: number; free: number }[];

const pool = fc
  .integer({ min: 0, max: POOL_PLACES })
  .chain((places) => fc.record({ places: fc.constant(places), free: fc.integer({ min: 0, max: places }) }));
const slot: fc.Arbitrary<Pools> = fc
  .array(pool, { minLength: 1, maxLength: 6 })
  .map((list) => list.map((it, k) => ({ k, ...it })));

function holdMove(before: Pools, places: number): void {
  const moved = placesMoved(before, places);
  expect(moved === undefined, 'more are held than that').toBe(places < takenOf(before));
  if (!moved) return;
  const by = new Map(moved.map((it) => [it.k, it.by]));
  expect(by.size).toBe(moved.length);
  const more = [...by.keys()].filter((k) => k >= before.length).toSorted((a, b) => a - b);
  expect(more).toEqual(more.map((_, n) => before.length + n));
  const after = [...before, ...more.map((k) => ({ k, places: 0, free: 0 }))].map((it) => ({
    places: it.places + (by.get(it.k) ?? 0),
    free: it.free + (by.get(it.k) ?? 0),
  }));
  expect(after.reduce((sum, it) => sum + it.places, 0)).toBe(places);
  for (const it of after) {
    expect(it.free).toBeGreaterThanOrEqual(0);
    expect(it.places).toBeLessThanOrEqual(POOL_PLACES);
  }
  expect(new Set([...by.values()].map(Math.sign)).size, 'nothing is moved to and fro').toBeLessThan(2);
}

it('places moved make the number that is wanted, are taken only where free, and leave no pool above 25', () => {
  fc.assert(fc.property(slot, fc.integer({ min: 1, max: 300 }), holdMove));
});

it('a slot that is raised has its places in pools as one that was made so', () => {
  for (const places of [26, 60, 101, 500]) {
    const moved = placesMoved([{ k: 0, places: 1, free: 1 }], places) ?? [];
    const sizes = poolSizes(places).map((_, k) => (k === 0 ? 1 : 0) + (moved.find((it) => it.k === k)?.by ?? 0));
    expect(sizes).toEqual(poolSizes(places));
  }
});
