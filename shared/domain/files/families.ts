/**
 * Rows that have to follow one another, together: those that share a key with each other, or with one that does. The families, and
 * the rows of each, in the file's order.
 */
export function familiesOf<T>(rows: readonly T[], keysOf: (row: T) => readonly string[]): T[][] {
  type Family = { rows: { readonly row: T; readonly n: number }[]; readonly keys: Set<string> };
  const byKey = new Map<string, Family>();
  const families = new Set<Family>();
  for (const [n, row] of rows.entries()) {
    const keys = keysOf(row);
    const [first, ...others] = new Set(keys.flatMap((key) => byKey.get(key) ?? []));
    const family = first ?? { rows: [], keys: new Set() };
    families.add(family);
    for (const other of others) {
      families.delete(other);
      family.rows.push(...other.rows);
      for (const key of other.keys) own(family, key);
    }
    family.rows.push({ row, n });
    for (const key of keys) own(family, key);
  }
  return [...families]
    .map((family) => family.rows.toSorted((a, b) => a.n - b.n))
    .toSorted((a, b) => (a[0]?.n ?? 0) - (b[0]?.n ?? 0))
    .map((members) => members.map(({ row }) => row));

  function own(family: Family, key: string): void {
    family.keys.add(key);
    byKey.set(key, family);
  }
}
