import { asRead } from './as-read.ts';
import type { DraftItem, Page, Store } from './client.ts';
import { queryAll } from './every.ts';
import type { DonationItem, RecallItem, RecallReasonItem } from './items/index.ts';
import { indexes, keys, partitions } from './keys.ts';

export function createRecalls(store: Store) {
  return {
    async get(siteId: string, recallId: string): Promise<RecallItem | undefined> {
      return await store.get<RecallItem>(keys.recall(siteId, recallId), { consistent: true });
    },

    async reason(siteId: string, recallId: string): Promise<RecallReasonItem | undefined> {
      return await store.get<RecallReasonItem>(keys.recallReason(siteId, recallId), {
        consistent: true,
        table: 'private',
      });
    },

    /** A site's recalls, the latest first. */
    async ofSite(siteId: string, page: { limit: number; start?: Record<string, unknown> }): Promise<Page<RecallItem>> {
      return await store.query<RecallItem>({
        pk: partitions.recalls(siteId),
        newestFirst: true,
        consistent: true,
        ...page,
      });
    },

    /** Recalls whose job has something left to do, the oldest first. From an index: a moment behind. */
    async unfinished(): Promise<RecallItem[]> {
      return (await store.query<RecallItem>({ pk: indexes.recalling(), index: 'gsi1' })).items;
    },

    /** Every donation of a person, as their own record has it, the latest first. */
    async donationsOf(personId: string): Promise<DonationItem[]> {
      return await queryAll<DonationItem>(store, {
        pk: partitions.donations(personId),
        newestFirst: true,
        consistent: true,
      });
    },
  };
}

const inIndex = (recall: RecallItem): RecallItem =>
  recall.status === 'running' || recall.status === 'lifting'
    ? { ...recall, gsi1pk: indexes.recalling(), gsi1sk: indexes.recallingSort(recall.at, recall.recallId) }
    : recall;

/** A recall that is new, or a change of one that nobody has changed since it was read. */
export function recallWrite(
  after: Omit<RecallItem, 'version' | 'gsi1pk' | 'gsi1sk'>,
  before: RecallItem | undefined,
): { recall: RecallItem; write: DraftItem } {
  const { gsi1pk: _pk, gsi1sk: _sk, ...kept } = after as RecallItem;
  const recall = inIndex({ ...kept, version: (before?.version ?? 0) + 1 });
  return {
    recall,
    write: {
      Put: {
        Item: { ...keys.recall(recall.siteId, recall.recallId), ...recall },
        ...asRead(before),
      },
    },
  };
}
