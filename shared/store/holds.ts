import type { DraftItem, Page, Store } from './client.ts';
import type { HoldItem } from './items/index.ts';
import { keys, partitions } from './keys.ts';

export function createHolds(store: Store) {
  return {
    /** The request about a donation, whether or not something is left to be done. */
    async get(siteId: string, din: string): Promise<HoldItem | undefined> {
      const [open, done] = await Promise.all(
        [true, false].map(
          async (isOpen) =>
            await store.get<HoldItem>(keys.hold(siteId, din, isOpen), { consistent: true, table: 'private' }),
        ),
      );
      return open ?? done;
    },

    /** Requests of a site, the youngest donations first: those that wait for somebody, or those that are done. */
    async ofSite(
      siteId: string,
      open: boolean,
      page: { limit: number; start?: Record<string, unknown> },
    ): Promise<Page<HoldItem>> {
      return await store.query<HoldItem>({
        ...partitions.holds(siteId, open),
        table: 'private',
        newestFirst: true,
        consistent: true,
        ...page,
      });
    },
  };
}

/** Writes a request in place of what was read; one that is done with stands elsewhere than one that waits. */
export function holdWrites(before: HoldItem | undefined, after: HoldItem): DraftItem[] {
  const key = keys.hold(after.siteId, after.din, after.open);
  const asRead = {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': before?.version },
  };
  const moves = before !== undefined && before.open !== after.open;
  return [
    {
      Put: {
        table: 'private',
        Item: { ...after, ...key },
        ...(before && !moves ? asRead : { ConditionExpression: 'attribute_not_exists(pk)' }),
      },
    },
    ...(moves
      ? [{ Delete: { table: 'private', Key: keys.hold(before.siteId, before.din, before.open), ...asRead } as const }]
      : []),
  ];
}
