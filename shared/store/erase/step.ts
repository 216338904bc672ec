import type { DraftItem, Store } from '../client.ts';
import type { ErasureItem } from '../items/index.ts';
import { AGAIN, withRetries } from '../retry.ts';
import type { EngineDeps } from '../transactions/deps.ts';

/** One kind of item's part in erasing a person. It may have been done before, or half done, and then ends what is left. */
export type EraseStep = (deps: EngineDeps, erasure: ErasureItem) => Promise<void>;

/** As many items as are deleted together; each deletion stands by itself, so that what is done is done. */
const AT_ONCE = 25;

/** Deletes a partition, or the part of it whose sort keys begin so, until nothing is left. */
export async function deletePartition(
  deps: EngineDeps,
  { pk, skPrefix, table }: { pk: string; skPrefix?: string; table?: 'private' },
): Promise<void> {
  for (;;) {
    const { items } = await deps.store.query<{ pk: string; sk: string }>({
      pk,
      ...(skPrefix !== undefined && { skPrefix }),
      ...(table && { table }),
      consistent: true,
      limit: AT_ONCE,
    });
    if (items.length === 0) return;
    await untilWritten(deps, async () =>
      items.map((item) => ({ Delete: { Key: { pk: item.pk, sk: item.sk }, ...(table && { table }) } })),
    );
  }
}

/**
 * Writes what `decide` makes of the items as they are now, again and again while somebody else changes them meanwhile.
 * Nothing is written where it makes nothing.
 */
export async function untilWritten(
  deps: EngineDeps,
  decide: (store: Store) => Promise<readonly DraftItem[]>,
): Promise<void> {
  await withRetries(async () => {
    const items = await decide(deps.store);
    if (items.length === 0) return true;
    return (await deps.store.transact(items)).ok || AGAIN;
  }, deps);
}
