import type { SlotFacts } from '../domain/refusal.ts';
import type { LocalDate } from '../domain/vocabulary.ts';
import type { DraftItem, Store } from './client.ts';
import type { PoolItem, SlotItem } from './items/index.ts';
import { isSlotMeta, keys, partitions } from './keys.ts';

/** A condition cannot subtract and one item takes one write at a time, so places are kept in several small counts. */
export const POOL_PLACES = 25;

export type SlotWithFree = { readonly slot: SlotItem; readonly free: number };

/** What the rules need of a slot. */
export const slotFacts = (slot: SlotItem): SlotFacts => ({
  slotId: slot.slotId,
  kind: slot.slotKind,
  ...(slot.procedure && { procedure: slot.procedure }),
  startsAt: slot.startsAt,
  endsAt: slot.endsAt,
  date: slot.date,
  zone: slot.zone,
  ...(slot.minAge !== undefined && { minAge: slot.minAge }),
});

/** How many places each pool of a slot holds: as even as can be, none above POOL_PLACES. */
export function poolSizes(places: number): number[] {
  const pools = Math.max(1, Math.ceil(places / POOL_PLACES));
  return Array.from({ length: pools }, (_, k) => Math.floor(places / pools) + (k < places % pools ? 1 : 0));
}

/** The items a new slot is made of; each must not exist, so that making a slot twice makes it once. */
export function newSlotItems(slot: Omit<SlotItem, 'kind' | 'pools' | 'status' | 'version'>): DraftItem[] {
  const sizes = poolSizes(slot.places);
  const meta: SlotItem = { kind: 'slot', ...slot, pools: sizes.length, status: 'open', version: 1 };
  const absent = 'attribute_not_exists(pk)';
  return [
    { Put: { Item: { ...keys.slot(slot.slotId), ...meta }, ConditionExpression: absent } },
    ...sizes.map((places, k): DraftItem => {
      const pool: PoolItem = { kind: 'pool', slotId: slot.slotId, k, places, free: places, open: true };
      return { Put: { Item: { ...keys.pool(slot.slotId, k), ...pool }, ConditionExpression: absent } };
    }),
  ];
}

/** Takes one place from a pool that is open and has one. */
export const takePlace = (slotId: string, k: number): DraftItem => ({
  Update: {
    Key: keys.pool(slotId, k),
    UpdateExpression: 'SET #free = #free - :one',
    ConditionExpression: '#open = :true AND #free > :zero',
    ExpressionAttributeNames: { '#free': 'free', '#open': 'open' },
    ExpressionAttributeValues: { ':one': 1, ':zero': 0, ':true': true },
  },
});

/** Gives one place back; a pool never holds more than its places. */
export const returnPlace = (slotId: string, k: number): DraftItem => ({
  Update: {
    Key: keys.pool(slotId, k),
    UpdateExpression: 'SET #free = #free + :one',
    ConditionExpression: '#free < #places',
    ExpressionAttributeNames: { '#free': 'free', '#places': 'places' },
    ExpressionAttributeValues: { ':one': 1 },
  },
});

export function createSlots(store: Store) {
  return {
    async get(slotId: string): Promise<SlotItem | undefined> {
      return await store.get<SlotItem>(keys.slot(slotId), { consistent: true });
    },

    /** A slot's pools as they are now. */
    async pools(slotId: string, options: { consistent: boolean }): Promise<PoolItem[]> {
      const { pk, skPrefix } = partitions.slotItems(slotId);
      const { items } = await store.query<(SlotItem | PoolItem) & { sk: string }>({ pk, skPrefix, ...options });
      return items.filter((item): item is PoolItem & { sk: string } => !isSlotMeta(item.sk));
    },

    /** Every slot of a site or event on a local date, in order of time, with what is free as of a moment ago. */
    async day(containerId: string, date: LocalDate): Promise<SlotWithFree[]> {
      const slots: SlotItem[] = [];
      const free = new Map<string, number>();
      let start: Record<string, unknown> | undefined;
      do {
        const page = await store.query<SlotItem | PoolItem>({
          pk: partitions.day(containerId, date),
          ...(start && { start }),
        });
        for (const item of page.items) {
          if (item.kind === 'slot') slots.push(item);
          else if (item.open) free.set(item.slotId, (free.get(item.slotId) ?? 0) + item.free);
        }
        start = page.next;
      } while (start);
      return slots.map((slot) => ({ slot, free: free.get(slot.slotId) ?? 0 }));
    },
  };
}
