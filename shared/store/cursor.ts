/** Where a list goes on: the last key, as an opaque string. A cursor is only ever used on the partition it came from. */
export const encodeCursor = (key: Record<string, unknown> | undefined): string | undefined =>
  key && Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * Undefined for a string that is no cursor of ours. `pkName` and `pk` pin it to the partition being listed; it has exactly
 * the keys of that list, because the table answers anything else with an error.
 */
export function decodeCursor(
  cursor: string,
  pkName: 'pk' | 'gsi1pk' | 'gsi2pk',
  pk: string,
): Record<string, string> | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (key === null || typeof key !== 'object' || Array.isArray(key)) return undefined;
    const names = pkName === 'pk' ? TABLE_KEYS : [...TABLE_KEYS, pkName, pkName.replace('pk', 'sk')];
    const given = Object.entries(key);
    const ours = given.length === names.length && given.every(([name, value]) => names.includes(name) && isKey(value));
    return ours && (key as Record<string, string>)[pkName] === pk ? (key as Record<string, string>) : undefined;
  } catch {
    return undefined;
  }
}

const TABLE_KEYS = ['pk', 'sk'];
/** The table takes no sort key of more bytes, and no half of a surrogate pair. */
const MOST_BYTES = 1024;
const isKey = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= MOST_BYTES && value.isWellFormed();
