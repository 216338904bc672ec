import type { Clock } from '../../shared/store/retry.ts';

const MOST_ENTRIES = 2_000;

/**
 * Remembers answers for a moment, and lets everyone who asks meanwhile share the one read. Failures are not remembered.
 * `most` bounds memory: fewer where an answer is large.
 */
export function shortCache<Args extends readonly (string | number)[], T>(
  clock: Pick<Clock, 'now'>,
  ms: number,
  load: (args: Args) => Promise<T>,
  most = MOST_ENTRIES,
): (args: Args) => Promise<T> {
  const entries = new Map<string, { until: number; value: Promise<T> }>();
  return (args) => {
    const id = JSON.stringify(args);
    const now = clock.now();
    const entry = entries.get(id);
    if (entry && entry.until > now) return entry.value;
    if (entries.size >= most) entries.clear();
    const value = load(args);
    entries.set(id, { until: now + ms, value });
    value.catch(() => entries.delete(id));
    return value;
  };
}
