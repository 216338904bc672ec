import type { Instant } from '../../domain/vocabulary.ts';
import type { DraftItem, Store } from '../client.ts';
import { queryAll } from '../every.ts';
import type { MergedItem, MergeItem } from '../items/index.ts';
import { indexes, keys, partitions } from '../keys.ts';

/** More than anybody's records were ever joined one after another. */
const MOST_LINKS = 20;

/** The id that a person's records are under now: their own, or that of the record theirs became part of. */
export async function presentId(store: Store, personId: string): Promise<string> {
  let id = personId;
  for (let n = 0; n < MOST_LINKS; n += 1) {
    const next = await store.get<MergedItem>(keys.mergedInto(id), { consistent: true });
    if (!next) return id;
    id = next.into;
  }
  return id;
}

/** A merge after a change: it is in the job's index while that has work. */
export function mergeWrite(
  before: MergeItem,
  change: Partial<MergeItem>,
): { readonly after: MergeItem; readonly write: DraftItem } {
  const { gsi1pk: _pk, gsi1sk: _sk, ...kept } = before;
  const plain: MergeItem = { ...kept, ...change, version: before.version + 1 };
  const after: MergeItem =
    plain.status === 'applying' ? { ...plain, gsi1pk: indexes.joining(), gsi1sk: plain.mergeId } : plain;
  return {
    after,
    write: {
      Put: {
        Item: { ...keys.merge(before.siteId, before.mergeId), ...after },
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': before.version },
      },
    },
  };
}

export function createMerges(store: Store) {
  return {
    async get(siteId: string, mergeId: string): Promise<MergeItem | undefined> {
      return await store.get<MergeItem>(keys.merge(siteId, mergeId), { consistent: true });
    },
    /** Every merge that a site has proposed, the newest first. */
    async ofSite(siteId: string): Promise<MergeItem[]> {
      const all = await queryAll<MergeItem>(store, { pk: partitions.merges(siteId), consistent: true });
      const order = (it: MergeItem): Instant => it.proposedAt;
      return all.toSorted((a, b) => (order(a) < order(b) ? 1 : -1));
    },
    /** Those whose job has something left to do, as of a moment ago. */
    async unfinished(): Promise<MergeItem[]> {
      return (await store.query<MergeItem>({ pk: indexes.joining(), index: 'gsi1' })).items;
    },
  };
}
