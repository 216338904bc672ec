import type { Page } from '../../../shared/store/client.ts';

/** How far ahead there may be bookings. */
export const DATES_AHEAD = 35;
export const PAGE = 100;

/** A paged list, read to its end. */
export async function everyPage<T>(
  read: (start: { start?: Record<string, string> }) => Promise<Page<T>>,
): Promise<T[]> {
  const all: T[] = [];
  let next: Record<string, unknown> | undefined;
  do {
    const page: Page<T> = await read(next ? { start: next as Record<string, string> } : {});
    all.push(...page.items);
    next = page.next;
  } while (next);
  return all;
}
