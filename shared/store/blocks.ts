import { blockWakesAt } from '../domain/blocks.ts';
import type { Instant } from '../domain/vocabulary.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Store } from './client.ts';
import type { BlockCodeItem, BlockItem } from './items/index.ts';
import { indexes, keys, partitions } from './keys.ts';

/** A block in place of what was read; in the job's index while there is something left to do. */
export function blockWrite(
  block: BlockItem,
  before: BlockItem | undefined,
  now: Instant,
): { block: BlockItem; write: DraftItem } {
  const { gsi1pk: _pk, gsi1sk: _sk, ...kept } = block;
  const wakeAt = blockWakesAt(block, now);
  const after: BlockItem = {
    ...kept,
    ...(wakeAt && { gsi1pk: indexes.blockDue(), gsi1sk: indexes.blockDueSort(wakeAt, block.blockId) }),
    version: (before?.version ?? 0) + 1,
  };
  return {
    block: after,
    write: { Put: { Item: { ...after, ...keys.block(block.siteId, block.blockId) }, ...asRead(before) } },
  };
}

export function createBlocks(store: Store) {
  return {
    async get(siteId: string, blockId: string): Promise<BlockItem | undefined> {
      return await store.get<BlockItem>(keys.block(siteId, blockId), { consistent: true });
    },
    /** A site's, the newest first. */
    async ofSite(siteId: string): Promise<BlockItem[]> {
      const { items } = await store.query<BlockItem>({ pk: partitions.blocks(siteId), consistent: true });
      return items.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    },
    /** The block that a code opens, for what it is asked for; nothing else is told from a code that is wrong. */
    async byCode(code: string, opens: BlockCodeItem['opens']): Promise<BlockItem | undefined> {
      const found = await store.get<BlockCodeItem>(keys.blockCode(code));
      if (found?.opens !== opens) return undefined;
      return await store.get<BlockItem>(keys.block(found.siteId, found.blockId));
    },
    /** Those for which something is to be done by an instant. */
    async due(now: Instant): Promise<BlockItem[]> {
      const page = { pk: indexes.blockDue(), index: 'gsi1', skBetween: ['0', `${now}~`] } as const;
      return (await store.query<BlockItem>(page)).items;
    },
  };
}
