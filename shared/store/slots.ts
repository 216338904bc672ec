import type { SlotFacts } from '../domain/refusal.ts';
import type { LocalDate } from '../domain/vocabulary.ts';
import type { DraftItem, Store } from './client.ts';
import { queryAll } from './every.ts';
import type { PoolItem, SlotItem } from './items/index.ts';
import { isSlotMeta, keys, partitions } from './keys.ts';

/** A condition cannot subtract and one item takes one write at a time, so places are kept in several small counts. */
export const POOL_PLACES = 25;

export type SlotWithFree = { readonly slot: SlotItem; readonly free: number };
/** A slot with all its pools, open or not. */
export type WholeSlot = { readonly slot: SlotItem; readonly pools: readonly PoolItem[] };

/** What the rules need of a slot. */
export const slotFacts = (slot: Omit<SlotItem, 'kind' | 'pools' | 'status' | 'version'>): SlotFacts => ({
  slotId: slot.slotId,
  kind: slot.slotKind,
  ...(slot.procedure && { procedure: slot.procedure }),
  startsAt: slot.startsAt,
  endsAt: slot.endsAt,
  date: slot.date,
  zone: slot.zone,
  ...(slot.minAge !== undefined && { minAge: slot.minAge }),
  ...(slot.maxAge !== undefined && { maxAge: slot.maxAge }),
  ...(slot.needs && { needs: slot.needs }),
  ...(slot.slotKind === 'shift' && { eventId: slot.containerId }),
  ...(slot.organisationId && { organisationId: slot.organisationId }),
  ...(slot.restMinutes !== undefined && { restMinutes: slot.restMinutes }),
  ...(slot.mostShifts !== undefined && { mostShifts: slot.mostShifts }),
  ...(slot.opensAt && { opensAt: slot.opensAt }),
  ...(slot.closesAt && { closesAt: slot.closesAt }),
});

/** The same of a slot in which there is a place that somebody has, or is given by another: when sign-up opens and closes is about new places. */
export function heldFacts(slot: SlotItem): SlotFacts {
  const { opensAt: _, closesAt: __, ...facts } = slotFacts(slot);
  return facts;
}

/** The same for who has that place: how many shifts one may take is about new ones too. */
export function ownFacts(slot: SlotItem): SlotFacts {
  const { mostShifts: _, ...facts } = heldFacts(slot);
  return { ...facts, isHeld: true };
}

/** How many places each pool of a slot holds: as even as can be, none above POOL_PLACES. */
export function poolSizes(places: number): number[] {
  const pools = Math.max(1, Math.ceil(places / POOL_PLACES));
  return Array.from({ length: pools }, (_, k) => Math.floor(places / pools) + (k < places % pools ? 1 : 0));
}

/** Places of a slot that somebody holds: what a cut has to leave. */
export const takenOf = (pools: readonly Pick<PoolItem, 'places' | 'free'>[]): number =>
  pools.reduce((sum, { places, free }) => sum + places - free, 0);

/**
 * What each pool gains or gives up, so that the slot comes to hold `places` instead of what it holds: new places go where
 * the fewest are, and into pools of their own once those are full; a cut takes only free ones, from as few pools as can be.
 * Undefined where more than that are taken.
 */
export function placesMoved(
  pools: readonly Pick<PoolItem, 'k' | 'places' | 'free'>[],
  places: number,
): { k: number; by: number }[] | undefined {
  if (places < takenOf(pools)) return undefined;
  const by = new Map<number, number>();
  let left = places - pools.reduce((sum, pool) => sum + pool.places, 0);
  for (const pool of pools.toSorted((a, b) => b.free - a.free)) {
    if (left >= 0) break;
    const less = Math.min(pool.free, -left);
    by.set(pool.k, -less);
    left += less;
  }
  const sizes = pools.map((pool) => pool.places);
  while (sizes.length < Math.ceil(places / POOL_PLACES)) sizes.push(0);
  for (; left > 0; left -= 1) {
    const k = sizes.indexOf(Math.min(...sizes));
    sizes[k] = (sizes[k] ?? 0) + 1;
    by.set(k, (by.get(k) ?? 0) + 1);
  }
  return [...by].filter(([, moved]) => moved !== 0).map(([k, moved]) => ({ k, by: moved }));
}

/** The items a new slot is made of; each must not exist, so that making a slot twice makes it once. */
export function newSlotItems(
  slot: Omit<SlotItem, 'kind' | 'pools' | 'status' | 'version'>,
  /** `settling`: closed to sign-up until those who come with it have their places. */
  status: 'open' | 'settling' = 'open',
): DraftItem[] {
  const sizes = poolSizes(slot.places);
  const meta: SlotItem = { kind: 'slot', ...slot, pools: sizes.length, status, version: 1 };
  return [
    { Put: { Item: { ...keys.slot(slot.slotId), ...meta }, ConditionExpression: 'attribute_not_exists(pk)' } },
    ...sizes.map((places, k) => addPool(slot.slotId, k, places, status === 'open', 'free')),
  ];
}

/** Takes a slot away, provided nobody holds, is offered or waits for a place of it and nobody has changed it since. */
export const slotRemoval = ({ slot, pools }: WholeSlot): DraftItem[] => [
  {
    Delete: {
      Key: keys.slot(slot.slotId),
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': slot.version },
    },
  },
  ...pools.map(({ k }) => ({
    Delete: {
      Key: keys.pool(slot.slotId, k),
      ConditionExpression:
        '#free = #places AND attribute_not_exists(#waits) AND (attribute_not_exists(#held) OR #held = :none)',
      ExpressionAttributeNames: { '#free': 'free', '#places': 'places', '#waits': 'waits', '#held': 'held' },
      ExpressionAttributeValues: { ':none': 0 },
    },
  })),
];

/** Moves the number of places of a pool, never below what is taken, and opens or closes it; more only where nobody waits. */
export const changePool = (slotId: string, k: number, by: number, open: boolean): DraftItem => ({
  Update: {
    Key: keys.pool(slotId, k),
    UpdateExpression: 'SET #open = :open, #free = #free + :by, #places = #places + :by',
    ConditionExpression: by > 0 ? '#free >= :least AND attribute_not_exists(#waits)' : '#free >= :least',
    ExpressionAttributeNames: {
      '#open': 'open',
      '#free': 'free',
      '#places': 'places',
      ...(by > 0 && { '#waits': 'waits' }),
    },
    ExpressionAttributeValues: { ':open': open, ':by': by, ':least': Math.max(0, -by) },
  },
});

/** Adds places to a pool for those who wait, and opens or closes it. */
export const growHeld = (slotId: string, k: number, by: number, open: boolean): DraftItem => ({
  Update: {
    Key: keys.pool(slotId, k),
    UpdateExpression: 'SET #open = :open, #held = if_not_exists(#held, :zero) + :by, #places = #places + :by',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#open': 'open', '#held': 'held', '#places': 'places' },
    ExpressionAttributeValues: { ':open': open, ':by': by, ':zero': 0 },
  },
});

/** Opens or closes a pool, whoever holds a place of it. */
export const openPool = (slotId: string, k: number, open: boolean): DraftItem => ({
  Update: {
    Key: keys.pool(slotId, k),
    UpdateExpression: 'SET #open = :open',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: { ':open': open },
  },
});

/** Until when those who book from now on may change or cancel. It takes no place, so that the slot keeps its version. */
export const changeCutoff = (slotId: string, minutes: number): DraftItem => ({
  Update: {
    Key: keys.slot(slotId),
    UpdateExpression: 'SET #cutoff = :cutoff',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#cutoff': 'cutoffMinutes' },
    ExpressionAttributeValues: { ':cutoff': minutes },
  },
});

/** A pool that a slot gains with its places: anyone's, or for those who wait. */
export const addPool = (slotId: string, k: number, places: number, open: boolean, to: 'free' | 'held'): DraftItem => {
  const pool: PoolItem = { kind: 'pool', slotId, k, places, free: 0, held: 0, open, [to]: places };
  return { Put: { Item: { ...keys.pool(slotId, k), ...pool }, ConditionExpression: 'attribute_not_exists(pk)' } };
};

/** Takes one place from a pool that has one, and is open; or, of a slot that settles, is not yet. */
export const takePlace = (slotId: string, k: number, open = true): DraftItem => takePlaces(slotId, k, 1, open);

/** The same of several at once: all or none. */
export const takePlaces = (slotId: string, k: number, places: number, open = true): DraftItem => ({
  Update: {
    Key: keys.pool(slotId, k),
    UpdateExpression: 'SET #free = #free - :places',
    ConditionExpression: '#open = :open AND #free >= :places',
    ExpressionAttributeNames: { '#free': 'free', '#open': 'open' },
    ExpressionAttributeValues: { ':places': places, ':open': open },
  },
});

/** A place of a time that is over, for somebody who was there: one that nobody took, else one more than there were. */
export function placeOnPaper({ slot, pools }: WholeSlot): { k: number; items: DraftItem[] } {
  const free = pools.find((pool) => pool.free > 0);
  const k = (free ?? pools[0])?.k ?? 0;
  const Key = keys.pool(slot.slotId, k);
  if (free) {
    const Update = {
      Key,
      UpdateExpression: 'SET #free = #free - :one',
      ConditionExpression: '#free > :zero',
      ExpressionAttributeNames: { '#free': 'free' },
      ExpressionAttributeValues: { ':one': 1, ':zero': 0 },
    };
    return { k, items: [{ Update }] };
  }
  const grown = (key: typeof Key, more: 'version' | undefined): DraftItem => ({
    Update: {
      Key: key,
      UpdateExpression: `SET #places = #places + :one${more ? ', #version = #version + :one' : ''}`,
      ConditionExpression: more ? '#version = :version' : 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#places': 'places', ...(more && { '#version': 'version' }) },
      ExpressionAttributeValues: { ':one': 1, ...(more && { ':version': slot.version }) },
    },
  });
  return { k, items: [grown(Key, undefined), grown(keys.slot(slot.slotId), 'version')] };
}

/**
 * Holds while a pool is open, and nobody waits where that is asked: an event that is being changed or cancelled has closed its pools, so
 * that nobody comes in past those who are being moved or released.
 */
export const poolOpen = (slotId: string, k: number, unwaited = false): DraftItem => ({
  ConditionCheck: {
    Key: keys.pool(slotId, k),
    ConditionExpression: `#open = :true${unwaited ? ' AND attribute_not_exists(#waits)' : ''}`,
    ExpressionAttributeNames: { '#open': 'open', ...(unwaited && { '#waits': 'waits' }) },
    ExpressionAttributeValues: { ':true': true },
  },
});

/**
 * Gives one place back, to anyone or to be held for those who wait; a pool never has more than its places. `unwaited`:
 * only while nobody waits there, for whoever has not looked at the list.
 */
export const returnPlace = (slotId: string, k: number, to: 'free' | 'held', unwaited = false): DraftItem => ({
  Update: {
    Key: keys.pool(slotId, k),
    UpdateExpression: 'SET #to = if_not_exists(#to, :zero) + :one',
    ConditionExpression: `(attribute_not_exists(#to) OR #to < #places)${unwaited ? ' AND attribute_not_exists(#waits)' : ''}`,
    ExpressionAttributeNames: { '#to': to, '#places': 'places', ...(unwaited && { '#waits': 'waits' }) },
    ExpressionAttributeValues: { ':one': 1, ':zero': 0 },
  },
});

export function createSlots(store: Store) {
  async function wholeDay(containerId: string, date: LocalDate, consistent: boolean): Promise<WholeSlot[]> {
    const items = await queryAll<SlotItem | PoolItem>(store, { pk: partitions.day(containerId, date), consistent });
    return wholeSlots(items);
  }

  return {
    async get(slotId: string): Promise<SlotItem | undefined> {
      return await store.get<SlotItem>(keys.slot(slotId), { consistent: true });
    },

    /** A slot and its pools as they are now; the slot is read first, so that its version is not newer than the pools. */
    async whole(slotId: string): Promise<WholeSlot | undefined> {
      const { pk, skPrefix } = partitions.slotItems(slotId);
      const { items } = await store.query<SlotItem | PoolItem>({ pk, skPrefix, consistent: true });
      return wholeSlots(items)[0];
    },

    /** A slot's pools as they are now. */
    async pools(slotId: string, options: { consistent: boolean }): Promise<PoolItem[]> {
      const { pk, skPrefix } = partitions.slotItems(slotId);
      const { items } = await store.query<(SlotItem | PoolItem) & { sk: string }>({ pk, skPrefix, ...options });
      return items.filter((item): item is PoolItem & { sk: string } => !isSlotMeta(item.sk));
    },

    /** Every slot of a site or event on a local date, in order of time, with what is free as of a moment ago. */
    async day(containerId: string, date: LocalDate): Promise<SlotWithFree[]> {
      return (await wholeDay(containerId, date, false)).map(({ slot, pools }) => ({
        slot,
        free: pools.reduce((sum, { open, free }) => sum + (open ? free : 0), 0),
      }));
    },

    /** The same, without what is kept for somebody who has a code. */
    async offered(containerId: string, date: LocalDate): Promise<SlotWithFree[]> {
      return (await this.day(containerId, date)).filter(({ slot }) => !slot.block);
    },

    /** Every slot of a site or event on a local date, in order of time, as it is now. */
    async dayNow(containerId: string, date: LocalDate): Promise<WholeSlot[]> {
      return await wholeDay(containerId, date, true);
    },
  };
}

/** Slots with their pools, from the items of a partition, in their order. */
function wholeSlots(items: readonly (SlotItem | PoolItem)[]): WholeSlot[] {
  const slots: { slot: SlotItem; pools: PoolItem[] }[] = [];
  const bySlot = new Map<string, PoolItem[]>();
  for (const item of items) {
    if (item.kind === 'slot') {
      const pools: PoolItem[] = [];
      slots.push({ slot: item, pools });
      bySlot.set(item.slotId, pools);
    } else bySlot.get(item.slotId)?.push(item);
  }
  return slots;
}
