import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DriveShift, missingAt } from '../../shared/domain/drives.ts';

const hour = (n: number): string => new Date(Date.UTC(2026, 11, 1, n)).toISOString();
const shift = (from: number, to: number, minimum: number | undefined, taken: number): DriveShift => ({
  startsAt: hour(from),
  endsAt: hour(to),
  minimum,
  taken,
});
const slot = (from: number, to: number) => ({ startsAt: hour(from), endsAt: hour(to) });

it.each([
  ['a shift that covers it is short', [shift(8, 12, 3, 1)], 2],
  ['a shift that has a part of it is short', [shift(8, 10, 2, 1), shift(10, 14, 1, 1)], 1],
  ['two shifts side by side are short', [shift(8, 12, 2, 1), shift(9, 11, 1, 0)], 2],
  ['each has its least, and one more', [shift(8, 12, 1, 2)], 0],
  ['one has too few and another more than enough', [shift(8, 12, 2, 1), shift(8, 12, 1, 9)], 1],
  ['no least was set', [shift(8, 12, undefined, 0)], 0],
  ['what is short ends as it begins', [shift(7, 9, 1, 0)], 0],
  ['what is short begins as it ends', [shift(11, 12, 1, 0)], 0],
])('of the volunteers for a time from nine to eleven, where %s', (_, shifts, missing) => {
  expect(missingAt(shifts, slot(9, 11))).toBe(missing);
});

it('one more volunteer is never one more missing, and one fewer never one fewer', () => {
  const any = fc.record({
    from: fc.nat(20),
    length: fc.integer({ min: 1, max: 8 }),
    minimum: fc.nat(5),
    taken: fc.nat(6),
  });
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 6 }), fc.nat(5), fc.nat(20), (all, which, from) => {
      const shifts = all.map((it) => shift(it.from, it.from + it.length, it.minimum, it.taken));
      const n = which % shifts.length;
      const more = shifts.map((it, k) => (k === n ? { ...it, taken: it.taken + 1 } : it));
      const [before, after] = [missingAt(shifts, slot(from, from + 2)), missingAt(more, slot(from, from + 2))];
      expect(before - after).toBeGreaterThanOrEqual(0);
      expect(before - after).toBeLessThanOrEqual(1);
    }),
    { numRuns: 100 },
  );
});
