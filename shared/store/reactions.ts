import type { DraftItem, Store } from './client.ts';
import type { ReactionItem } from './items/index.ts';
import { keys, partitions } from './keys.ts';

export function createReactions(store: Store) {
  return {
    /** The last word on how a donor took a donation; undefined where nobody has said anything of it. */
    async last(din: string): Promise<ReactionItem | undefined> {
      const page = { table: 'private', consistent: true, newestFirst: true, limit: 1 } as const;
      return (await store.query<ReactionItem>({ pk: partitions.reactions(din), ...page })).items[0];
    },
  };
}

/** Another word on it, provided nobody has said one meanwhile. */
export const reactionWrite = (item: Omit<ReactionItem, 'kind'>): DraftItem => ({
  Put: {
    table: 'private',
    Item: { ...keys.reaction(item.din, item.n), kind: 'reaction', ...item } satisfies ReactionItem & object,
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});
