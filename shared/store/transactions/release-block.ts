import type { BlockedTime } from '../../domain/blocks.ts';
import { isAtRest } from '../../domain/closures.ts';
import { blockWrite, createBlocks } from '../blocks.ts';
import type { DraftItem } from '../client.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { addPool, changePool, createSlots, growHeld, placesMoved, type WholeSlot } from '../slots.ts';
import { lineWrite } from '../waits.ts';
import { slotUpdate } from './begin-closure.ts';
import { lineOf } from './change-places.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { markedBy } from './make-block.ts';

type Deps = Pick<EngineDeps, 'store' | 'clock' | 'random'>;

/** Goes on with every block whose time has come. One that fails keeps no other from its turn. */
export async function releaseDue(deps: Deps): Promise<void> {
  const failures: unknown[] = [];
  for (const block of await createBlocks(deps.store).due(nowOf(deps))) {
    await releaseBlock(deps, block).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some kept places could not be released');
}

/**
 * Gives what nobody has taken of a block back to the times it came from, and goes on doing so for whatever comes back later.
 * Each time is one transaction that rests on what it read, and moves what is free at that instant: run twice, by two at once,
 * or stopped between two of them, no place is given twice or lost.
 */
export async function releaseBlock(
  deps: Deps,
  { siteId, blockId }: { siteId: string; blockId: string },
): Promise<void> {
  const blocks = createBlocks(deps.store);
  const block = await blocks.get(siteId, blockId);
  if (!block || nowOf(deps) < block.until) return;
  for (const time of block.times) {
    if (time.startsAt > nowOf(deps)) await withRetries(async () => await giveBack(deps, time), deps);
  }
  await withRetries(async () => {
    const before = await blocks.get(siteId, blockId);
    const now = nowOf(deps);
    if (!before || now < before.until) return true;
    const { write } = blockWrite({ ...before, releasedAt: before.releasedAt ?? now }, before, now);
    return (await deps.store.transact([write])).ok || AGAIN;
  }, deps);
}

async function giveBack(deps: Deps, { slotId, of }: BlockedTime): Promise<true | typeof AGAIN> {
  const slots = createSlots(deps.store);
  const [kept, open] = await Promise.all([slots.whole(slotId), slots.whole(of)]);
  // A closure is at it: what it leaves is looked at again.
  if (!kept || !isAtRest(kept.slot.status)) return true;
  const free = kept.pools.reduce((sum, pool) => sum + pool.free, 0);
  const there = open && isAtRest(open.slot.status) ? open : undefined;
  const left = there ? kept.slot.places - free : kept.slot.places;
  if (kept.slot.status === 'closed' && left === kept.slot.places) return true;
  const less = new Map((placesMoved(kept.pools, left) ?? []).map(({ k, by }) => [k, by]));
  const result = await deps.store.transact([
    slotUpdate(kept.slot, { status: 'closed', places: left, ...markedBy(kept.slot, left - kept.slot.places) }),
    ...kept.pools.map(({ k }) => changePool(slotId, k, less.get(k) ?? 0, false)),
    ...(there && free > 0 ? await grown(deps, there, free) : []),
  ]);
  return result.ok || AGAIN;
}

/** A slot with more places: everybody's, or where somebody waits, theirs first. */
async function grown(deps: Deps, { slot, pools }: WholeSlot, by: number): Promise<DraftItem[]> {
  const moved = placesMoved(pools, slot.places + by) ?? [];
  const open = slot.status === 'open';
  const waited = pools.some(({ waits }) => waits);
  const line = waited ? await lineOf(deps, slot) : undefined;
  const grow = line ? growHeld : changePool;
  return [
    slotUpdate(slot, {
      status: slot.status,
      places: slot.places + by,
      pools: Math.max(pools.length, ...moved.map(({ k }) => k + 1)),
      ...markedBy(slot, by),
    }),
    ...moved.filter(({ k }) => k < pools.length).map(({ k, by: more }) => grow(slot.slotId, k, more, open)),
    ...moved
      .filter(({ k }) => k >= pools.length)
      .map(({ k, by: more }) => addPool(slot.slotId, k, more, open, line ? 'held' : 'free')),
    ...(line ? [lineWrite(slot, line, nowOf(deps))] : []),
  ];
}
