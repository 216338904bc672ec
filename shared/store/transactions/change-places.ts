import { isAtRest } from '../../domain/closures.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import type { DraftItem } from '../client.ts';
import type { SlotItem, WaitLineItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { addPool, changePool, createSlots, growHeld, placesMoved, takenOf, type WholeSlot } from '../slots.ts';
import { lineWrite } from '../waits.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type ChangePlacesAnswer =
  | ({ readonly kind: 'done' } & WholeSlot)
  /** More are held than the cut would leave. */
  | { readonly kind: 'taken'; readonly taken: number }
  /** The slot is over, or a job is moving its bookings. */
  | { readonly kind: 'wrong-state' }
  /** Someone else's change came between. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' };

/**
 * Changes how many places a donation slot has, and closes it to new bookings or opens it again; bookings stay as they are.
 * Slot, pools and audit entry are one transaction. A cut takes places that are free at that instant, so that a pool never
 * has fewer than it holds and a place given back always finds room; whoever books meanwhile either has the place before
 * it is cut, or meets a pool without it. What is added while somebody waits is held for them. A shift's places belong to its event and are not changed here.
 */
export async function changePlaces(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'>,
  input: {
    slotId: string;
    version: number;
    places?: number | undefined;
    open?: boolean | undefined;
    by: string;
    auditId: string;
    idempotency: Idempotency;
  },
): Promise<ChangePlacesAnswer> {
  return await withRetries<ChangePlacesAnswer>(async () => {
    const before = await createSlots(deps.store).whole(input.slotId);
    if (before?.slot.slotKind !== 'donation') return { kind: 'not-found' };
    const { slot, pools } = before;
    // What is kept for a unit is changed with its block alone.
    if (slot.block) return { kind: 'wrong-state' };
    const known = wasAccepted(slot.accepted ?? [], input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', ...before } : { kind: 'key-reused' };
    const now = nowOf(deps);
    if (!isAtRest(slot.status) || slot.endsAt <= now) return { kind: 'wrong-state' };
    if (slot.version !== input.version) return { kind: 'changed' };

    const places = input.places ?? slot.places;
    const open = input.open ?? slot.status === 'open';
    const moved = placesMoved(pools, places);
    if (!moved) return { kind: 'taken', taken: takenOf(pools) };
    const movedBy = new Map(moved.map(({ k, by }) => [k, by]));
    const after: SlotItem = {
      ...slot,
      places,
      pools: Math.max(pools.length, ...moved.map(({ k }) => k + 1)),
      status: open ? 'open' : 'closed',
      accepted: accept(slot.accepted ?? [], input.idempotency),
      version: slot.version + 1,
    };
    const audit = auditItem({
      by: input.by,
      action: 'slot-changed',
      scope: slot.containerId,
      zone: slot.zone,
      at: now,
      id: input.auditId,
      change: {
        slotId: slot.slotId,
        placesFrom: slot.places,
        placesTo: places,
        statusFrom: slot.status,
        statusTo: after.status,
      },
    });
    const { items, to } = await placesItems(deps, before, moved, { open, places });
    const result = await deps.store.transact([slotWrite(slot.version, after), { Put: audit }, ...items]);
    return result.ok ? { kind: 'done', ...pooled(before, after, movedBy, { open, to }) } : AGAIN;
  }, deps);
}

/**
 * What a change of places writes of a slot's pools: what is added while somebody waits is held for them, and the list is
 * moved on; what is taken away is free at that instant.
 */
export async function placesItems(
  deps: Pick<EngineDeps, 'store' | 'clock'>,
  { slot, pools }: WholeSlot,
  moved: readonly { readonly k: number; readonly by: number }[],
  { open, places }: { open: boolean; places: number },
): Promise<{ items: DraftItem[]; to: 'free' | 'held' }> {
  const movedBy = new Map(moved.map(({ k, by }) => [k, by]));
  const line = places > slot.places && pools.some(({ waits }) => waits) ? await lineOf(deps, slot) : undefined;
  const to = line ? 'held' : 'free';
  const grown = line ? growHeld : changePool;
  const items = [
    ...pools
      .filter((pool) => movedBy.has(pool.k) || pool.open !== open)
      .map(({ k }) => grown(slot.slotId, k, movedBy.get(k) ?? 0, open)),
    ...moved.filter(({ k }) => k >= pools.length).map(({ k, by }) => addPool(slot.slotId, k, by, open, to)),
    ...(line ? [lineWrite(slot, line, nowOf(deps))] : []),
  ];
  return { items, to };
}

/** The day's waiting list: places that are added while somebody waits are theirs first, and the list is moved on. */
export const lineOf = async ({ store }: Pick<EngineDeps, 'store'>, { containerId, date }: SlotItem) =>
  await store.get<WaitLineItem>(keys.waitLine(containerId, date), { consistent: true });

/** Only what a change of places changes: the rest of the item is others'. */
export function slotWrite(version: number, after: SlotItem): DraftItem {
  const set = { places: after.places, pools: after.pools, status: after.status, accepted: after.accepted };
  const names = Object.keys(set);
  return {
    Update: {
      Key: keys.slot(after.slotId),
      UpdateExpression: `SET #version = :after, ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: Object.fromEntries(['version', ...names].map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ':version': version,
        ':after': after.version,
        ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
      },
    },
  };
}

/** The slot as the transaction left it, but for what others have taken or given back since it was read. */
function pooled(
  { pools }: WholeSlot,
  slot: SlotItem,
  movedBy: ReadonlyMap<number, number>,
  { open, to }: { open: boolean; to: 'free' | 'held' },
): WholeSlot {
  return {
    slot,
    pools: Array.from({ length: slot.pools }, (_, k) => {
      const by = movedBy.get(k) ?? 0;
      const pool = pools[k] ?? { kind: 'pool' as const, slotId: slot.slotId, k, places: 0, free: 0, held: 0 };
      return { ...pool, places: pool.places + by, free: pool.free, [to]: (pool[to] ?? 0) + by, open };
    }),
  };
}
