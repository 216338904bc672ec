import type { Refusal } from '../../domain/refusal.ts';
import type { CancelReason } from '../client.ts';
import type { PoolItem, SlotItem } from '../items/index.ts';
import type { Random } from '../retry.ts';
import { createSlots } from '../slots.ts';
import type { EngineDeps } from './deps.ts';

export const FULL: Refusal = { code: 'slot-full' };
export const INVITE_NEEDED: Refusal = { code: 'invite-needed' };
export const CLOSED: Refusal = { code: 'slot-closed' };

/** A pool with room, at random, so that many at once do not all write one item; undefined where none has room. */
function pickPool(pools: readonly PoolItem[], random: Random): PoolItem | undefined {
  const withRoom = pools.filter(({ open, free }) => open && free > 0);
  return withRoom[Math.floor(random() * withRoom.length)];
}

/**
 * Chooses where to take a place. "Full" is only answered after a strong read of every pool: places are promised to be
 * filled exactly. `seen` is pool 0 as read with the slot, which for an ordinary slot is all there is.
 */
export async function choosePool(
  deps: EngineDeps,
  slot: SlotItem,
  seen: PoolItem | undefined,
): Promise<{ k: number } | { refusal: Refusal }> {
  const slots = createSlots(deps.store);
  if (slot.pools === 1) {
    if (seen && pickPool([seen], deps.random)) return { k: 0 };
  } else {
    const glance = pickPool(await slots.pools(slot.slotId, { consistent: false }), deps.random);
    if (glance) return { k: glance.k };
  }
  const pools = await slots.pools(slot.slotId, { consistent: true });
  const found = pickPool(pools, deps.random);
  if (found) return { k: found.k };
  return { refusal: pools.some(({ open }) => open) ? FULL : CLOSED };
}

/** Whether an item of a cancelled transaction failed its own condition. */
export const failed = (reason: CancelReason | undefined): boolean => reason?.code === 'ConditionalCheckFailed';
