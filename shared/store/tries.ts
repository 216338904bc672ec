import { oneMoreTry } from '../domain/second-fact.ts';
import type { Instant } from '../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from './accepted.ts';
import { asRead } from './as-read.ts';
import type { DraftItem } from './client.ts';
import type { TriesItem } from './items/index.ts';
import type { Key } from './keys.ts';
import { AGAIN, withRetries } from './retry.ts';
import { type EngineDeps, nowOf } from './transactions/deps.ts';
import { forgetAfter } from './ttl.ts';

const KEPT_DAYS = 2;

/** How often something that few digits protect, or that tells of others, was tried today. */
export function createTries(deps: Pick<EngineDeps, 'store' | 'clock' | 'random'>) {
  const { store } = deps;
  const read = async (Key: Key) => await store.get<TriesItem>(Key, { consistent: true, table: 'private' });
  return {
    /**
     * Counts a try before it is made, so that many at once are no more than one after another. `also`: what is written with the count,
     * and by no repeat.
     */
    async mayTry(
      Key: Key,
      idempotency: Idempotency,
      most?: number,
      also: readonly DraftItem[] = [],
    ): Promise<'yes' | 'used-up' | 'key-reused'> {
      return await withRetries(async () => {
        const before = await read(Key);
        const known = wasAccepted(before?.accepted ?? [], idempotency);
        if (known) return known === 'same' ? 'yes' : 'key-reused';
        const now = nowOf(deps);
        const after = oneMoreTry(before, now.slice(0, 10), most);
        if (!after) return 'used-up';
        const accepted = accept(before?.accepted ?? [], idempotency);
        const result = await store.transact([triesWrite(Key, before, { ...after, accepted }, now), ...also]);
        return result.ok ? 'yes' : AGAIN;
      }, deps);
    },

    /** One more, to be counted in the write that it is for, which is taken once itself; undefined: it would be too many today. */
    async oneMore(Key: Key, most: number): Promise<DraftItem | undefined> {
      const before = await read(Key);
      const now = nowOf(deps);
      const after = oneMoreTry(before, now.slice(0, 10), most);
      return after && triesWrite(Key, before, { ...after, accepted: before?.accepted ?? [] }, now);
    },

    /** One that was right is not held against anybody. */
    async forgive(Key: Key): Promise<void> {
      const before = await read(Key);
      if (!before || before.count === 0) return;
      await store.transact([triesWrite(Key, before, { ...before, count: before.count - 1 }, nowOf(deps))]);
    },
  };
}

function triesWrite(
  Key: Key,
  before: TriesItem | undefined,
  after: Pick<TriesItem, 'date' | 'count' | 'accepted'>,
  now: Instant,
): DraftItem {
  const { date, count, accepted } = after;
  const item: TriesItem = { kind: 'tries', date, count, accepted, version: (before?.version ?? 0) + 1 };
  return {
    Put: {
      Item: { ...Key, ...item, ...forgetAfter(now, KEPT_DAYS) },
      table: 'private',
      ...asRead(before),
    },
  };
}
