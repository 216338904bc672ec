import fc from 'fast-check';
import { expect, it } from 'vitest';
import { familiesOf } from '../../shared/domain/files/families.ts';

const keysOf = (row: { readonly keys: readonly string[] }): readonly string[] => row.keys;

it('rows that share a key follow one another, also those that only a third row brings together', () => {
  const rows = [{ keys: ['a'] }, { keys: ['b'] }, { keys: [] }, { keys: ['c'] }, { keys: ['b', 'a'] }];
  expect(familiesOf(rows, keysOf)).toEqual([
    [{ keys: ['a'] }, { keys: ['b'] }, { keys: ['b', 'a'] }],
    [{ keys: [] }],
    [{ keys: ['c'] }],
  ]);
});

it('whatever the file: each row is in one family, in the file’s order, and no two families share a key', () => {
  const row = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 3 });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (keys) => {
      const rows = keys.map((each, n) => ({ n, keys: each }));
      const families = familiesOf(rows, keysOf);
      expect(
        families
          .flat()
          .map(({ n }) => n)
          .sort((a, b) => a - b),
      ).toEqual(rows.map(({ n }) => n));
      for (const family of families) {
        const order = family.map(({ n }) => n);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }
      const owners = families.flatMap((family) => [...new Set(family.flatMap((it) => it.keys))]);
      expect(new Set(owners).size).toBe(owners.length);
    }),
  );
});
