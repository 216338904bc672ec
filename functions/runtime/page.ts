import type { Page } from '../../shared/store/client.ts';
import { decodeCursor, encodeCursor } from '../../shared/store/cursor.ts';
import { ProblemError } from './problem.ts';

const DEFAULT_PAGE = 25;

/** What `store.query` needs of a page's query; a cursor that is not ours for this list is invalid input. */
export function pageOf(
  query: { cursor?: string | undefined; limit?: number | undefined },
  list: { pkName: 'pk' | 'gsi1pk' | 'gsi2pk'; pk: string },
): { limit: number; start?: Record<string, string> } {
  const limit = query.limit ?? DEFAULT_PAGE;
  if (query.cursor === undefined) return { limit };
  const start = decodeCursor(query.cursor, list.pkName, list.pk);
  if (!start) throw new ProblemError('invalid-input', { fields: [{ path: 'query.cursor', why: 'malformed' }] });
  return { limit, start };
}

export function pageAnswer<T, V>(page: Page<T>, view: (item: T) => V): { items: V[]; cursor?: string } {
  const cursor = encodeCursor(page.next);
  return { items: page.items.map(view), ...(cursor && { cursor }) };
}
