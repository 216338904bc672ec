import { isDeepStrictEqual } from 'node:util';
import type { DraftItem, Page, Store, TableKey, TransactResult } from '../client.ts';
import type { Key } from '../keys.ts';

/** What can only be read and written by itself: another kind of write, or an attempt that has to be made again. */
export class NotTogether extends Error {
  override readonly name = 'NotTogether';
}

type Reads = (key: Key, table: TableKey) => Promise<unknown>;

const idOf = (table: TableKey, { pk, sk }: Key): string => JSON.stringify([table, pk, sk]);

/** Reads for many rows at once: what is asked for in one turn of the loop is one call for each hundred of them. */
export function createReads(store: Pick<Store, 'batchGet'>): Reads {
  const MOST = 100;
  type Wanted = {
    readonly key: Key;
    readonly resolve: (item: unknown) => void;
    readonly reject: (error: unknown) => void;
  };
  const wanted: Record<TableKey, Wanted[]> = { schedule: [], private: [] };
  let isDue = false;

  const ask = async (table: TableKey, list: readonly Wanted[]): Promise<void> => {
    try {
      const items = await store.batchGet(
        list.map(({ key }) => key),
        { consistent: true, table },
      );
      for (const [n, { resolve }] of list.entries()) resolve(items[n]);
    } catch (error) {
      for (const { reject } of list) reject(error);
    }
  };
  const askAll = (): void => {
    isDue = false;
    for (const table of ['schedule', 'private'] as const) {
      while (wanted[table].length > 0) void ask(table, wanted[table].splice(0, MOST));
    }
  };
  return async (key, table) =>
    await new Promise((resolve, reject) => {
      wanted[table].push({ key, resolve, reject });
      if (isDue) return;
      isDue = true;
      setImmediate(askAll);
    });
}

type Put = Extract<DraftItem, { Put: unknown }>['Put'];

/**
 * A store that writes nothing: what it is given to write it keeps, and answers from it whoever reads on. So rows that follow one
 * another are decided one after another by the same code as any row, and what they come to is written once, in one transaction. Each
 * write keeps the condition that it rests on; one that replaces another rests on what that one did.
 */
export function together(store: Store, reads: Reads) {
  const read = new Map<string, Promise<unknown>>();
  const queried = new Map<string, Promise<Page<unknown>>>();
  const written = new Map<string, DraftItem>();

  const one = async (key: Key, table: TableKey = 'schedule'): Promise<unknown> => {
    const id = idOf(table, key);
    const own = written.get(id);
    if (own && 'Put' in own) return own.Put.Item;
    const before = read.get(id) ?? reads(key, table);
    read.set(id, before);
    return await before;
  };

  const put = (action: Put): void => {
    const id = idOf(action.table ?? 'schedule', action.Item as Key);
    const before = written.get(id);
    if (before && !('Put' in before)) throw new NotTogether();
    written.set(id, { Put: before ? { ...before.Put, Item: action.Item } : action });
  };

  const writing: Store = {
    ...store,
    get: async <T>(key: Key, options: { table?: TableKey } = {}) => (await one(key, options.table)) as T | undefined,
    batchGet: async (wanted, options = {}) =>
      await Promise.all(wanted.map(async (key) => await one(key, options.table))),
    async query<T>(input: Parameters<Store['query']>[0]): Promise<Page<T>> {
      const asked = JSON.stringify(input);
      const before = queried.get(asked) ?? store.query(input);
      queried.set(asked, before);
      const page = (await before) as Page<T & Key>;
      const own = [...written.values()].flatMap((draft) =>
        'Put' in draft && isIn(input, draft.Put) ? [draft.Put] : [],
      );
      if (own.length === 0 && !(input.index && written.size > 0)) return page;
      // An index says nothing of what is not written yet, and of a part of a list it cannot be told where a new item belongs.
      if (input.index || input.start || page.next) throw new NotTogether();
      const items = new Map(page.items.map((item) => [item.sk, item]));
      for (const { Item } of own) items.set((Item as Key).sk, Item as T & Key);
      const sorted = [...items.values()].sort((a, b) => (a.sk < b.sk ? -1 : 1));
      return { items: input.newestFirst ? sorted.reverse() : sorted };
    },
    async transact(drafts): Promise<TransactResult> {
      for (const draft of drafts) {
        if ('Put' in draft) put(draft.Put);
        else if ('ConditionCheck' in draft) {
          const id = idOf(draft.ConditionCheck.table ?? 'schedule', draft.ConditionCheck.Key as Key);
          const before = written.get(id);
          if (before && 'Put' in before) throw new NotTogether();
          written.set(id, before ?? draft);
        } else throw new NotTogether();
      }
      return { ok: true };
    },
    put: async () => {
      throw new NotTogether();
    },
    update: async () => {
      throw new NotTogether();
    },
  };
  return { store: writing, drafts: (): DraftItem[] => [...written.values()] };
}

/**
 * Whether everything that a transaction was to put is there as it was to be. The answer to one may be lost after it was made, and rows
 * decided once more would then be held against what came of those that follow them.
 */
export async function isThere(store: Pick<Store, 'batchGet'>, drafts: readonly DraftItem[]): Promise<boolean> {
  for (const table of ['schedule', 'private'] as const) {
    const puts = drafts.flatMap((draft) =>
      // The log may be added to, not read; what is beside its entry tells as much.
      'Put' in draft && (draft.Put.table ?? 'schedule') === table && draft.Put.Item?.['kind'] !== 'audit'
        ? [draft.Put.Item]
        : [],
    );
    if (puts.length === 0) continue;
    const items = await store.batchGet(
      puts.map((item) => ({ pk: (item as Key).pk, sk: (item as Key).sk })),
      { consistent: true, table },
    );
    if (!puts.every((item, n) => isDeepStrictEqual(items[n], JSON.parse(JSON.stringify(item))))) return false;
  }
  return true;
}

function isIn(
  { pk, skPrefix, skBetween, table = 'schedule', index }: Parameters<Store['query']>[0],
  { Item, table: of = 'schedule' }: Put,
): boolean {
  const key = Item as Key;
  if (index || table !== of || key.pk !== pk) return false;
  if (skPrefix !== undefined) return key.sk.startsWith(skPrefix);
  return !skBetween || (key.sk >= skBetween[0] && key.sk <= skBetween[1]);
}

/** As many items as a transaction may have. */
const MOST_ITEMS = 100;

const keyOf = (draft: DraftItem): string => {
  const action = Object.values(draft)[0] as { table?: TableKey; Key?: Key; Item?: Key };
  return idOf(action.table ?? 'schedule', (action.Item ?? action.Key) as Key);
};

/**
 * Puts what belongs together into as few transactions as hold it. `after`: what meets an item of one before it, and can only be
 * decided once that is written. What is too large comes back alone.
 */
export function packed<T extends { readonly drafts: readonly DraftItem[] }>(
  list: readonly T[],
  most = MOST_ITEMS,
): { readonly bundles: readonly (readonly T[])[]; readonly tooLarge: readonly T[]; readonly after: readonly T[] } {
  const taken = new Set<string>();
  const bundles: { readonly members: T[]; size: number }[] = [];
  const tooLarge: T[] = [];
  const after: T[] = [];
  for (const each of list) {
    const ids = each.drafts.map(keyOf);
    if (ids.some((id) => taken.has(id))) {
      after.push(each);
      continue;
    }
    for (const id of ids) taken.add(id);
    if (ids.length > most) {
      tooLarge.push(each);
      continue;
    }
    let bundle = bundles.find(({ size }) => size + ids.length <= most);
    if (!bundle) {
      bundle = { members: [], size: 0 };
      bundles.push(bundle);
    }
    bundle.members.push(each);
    bundle.size += ids.length;
  }
  return { bundles: bundles.map(({ members }) => members), tooLarge, after };
}
