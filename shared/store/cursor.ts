/** Where a list goes on: the last key, as an opaque string. A cursor is only ever used on the partition it came from. */
export const encodeCursor = (key: Record<string, unknown> | undefined): string | undefined =>
  key && Buffer.from(JSON.stringify(key)).toString('base64url');

/** Undefined for a string that is no cursor of ours. `pkName` and `pk` pin it to the partition being listed. */
export function decodeCursor(cursor: string, pkName: string, pk: string): Record<string, string> | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (key === null || typeof key !== 'object' || Array.isArray(key)) return undefined;
    const entries = Object.entries(key);
    const known = entries.every(
      ([name, value]) => KEY_NAMES.has(name) && typeof value === 'string' && value.length < 512,
    );
    return known && Object.hasOwn(key, pkName) && (key as Record<string, string>)[pkName] === pk
      ? (key as Record<string, string>)
      : undefined;
  } catch {
    return undefined;
  }
}

const KEY_NAMES = new Set(['pk', 'sk', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk']);
