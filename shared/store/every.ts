import type { Page, Store } from './client.ts';

type Start = { readonly start?: Record<string, unknown> };

/** Every item that a paged read has, in its order: for what is bounded, as one person's, one donation's or one day's. */
export async function everyItem<T>(read: (page: Start) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await read(start ? { start } : {});
    found.push(...page.items);
    start = page.next;
  } while (start);
  return found;
}

/** Every item of a query. */
export const queryAll = async <T>(
  store: Pick<Store, 'query'>,
  query: Omit<Parameters<Store['query']>[0], 'start' | 'limit'>,
): Promise<T[]> => await everyItem(async (page) => await store.query<T>({ ...query, ...page }));

/** Does something with each item of a query, a page at a time. One that fails keeps no other from its turn; all that failed are told at the end. */
export async function withEach<T>(
  store: Pick<Store, 'query'>,
  query: Omit<Parameters<Store['query']>[0], 'start'>,
  run: (item: T) => Promise<unknown>,
  failed: string,
): Promise<void> {
  const failures: unknown[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await store.query<T>({ ...query, ...(start && { start }) });
    for (const item of page.items) await run(item).catch((error: unknown) => failures.push(error));
    start = page.next;
  } while (start);
  if (failures.length > 0) throw new AggregateError(failures, failed);
}
