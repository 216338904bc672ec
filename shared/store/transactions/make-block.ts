import { type BlockedTime, blockFault } from '../../domain/blocks.ts';
import type { Instant } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import { blockWrite, createBlocks } from '../blocks.ts';
import type { DraftItem } from '../client.ts';
import type { BlockCodeItem, BlockItem, SiteItem, SlotItem } from '../items/index.ts';
import { keys, parseSlotId, slotId } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { changePool, createSlots, newSlotItems, placesMoved, type WholeSlot } from '../slots.ts';
import { slotUpdate } from './begin-closure.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type BlockAnswer =
  | { readonly kind: 'done'; readonly block: BlockItem }
  /** Which of the times, in the caller's order, has fewer free places than are wanted, or cannot be kept at all. */
  | { readonly kind: 'taken'; readonly nth: number; readonly free: number }
  | { readonly kind: 'fault'; readonly path: 'until' | 'slots'; readonly why: 'too-early' | 'too-late' }
  | { readonly kind: 'wrong-state' | 'not-found' | 'too-many' | 'changed-meanwhile' | 'key-reused' };

type Deps = Pick<EngineDeps, 'store' | 'clock' | 'random'>;

/** The most a transaction takes. */
const MAX_ITEMS = 100;
const absent = 'attribute_not_exists(pk)';

/**
 * Keeps free places of some times for a work unit. Each time's come to be a slot of their own, beside the one that everybody
 * books, so that all that holds of slots holds of them: never more people than places, none lost. Both change in one
 * transaction with the block itself: there is never a moment at which a place is in both, or in neither.
 */
export async function makeBlock(
  deps: Deps,
  input: {
    blockId: string;
    site: Pick<SiteItem, 'siteId' | 'zone'>;
    unit: string;
    until: Instant;
    /** By which its members book, and by which its contact counts heads: made anew at each try, should one be taken. */
    newCode: () => string;
    newHeadcountCode: () => string;
    wanted: readonly { readonly slotId: string; readonly places: number }[];
    by: string;
    auditId: string;
    idempotency: Idempotency;
  },
): Promise<BlockAnswer> {
  const { blockId, site, unit, until, wanted, by } = input;
  const slots = createSlots(deps.store);
  return await withRetries<BlockAnswer>(async () => {
    const own = await createBlocks(deps.store).get(site.siteId, blockId);
    const known = own && wasAccepted(own.accepted, input.idempotency);
    if (own) return known === 'same' ? { kind: 'done', block: own } : { kind: 'key-reused' };
    const now = nowOf(deps);
    const wholes = await Promise.all(wanted.map(async (it) => await slots.whole(it.slotId)));
    const there = wholes.filter((it) => it !== undefined && isKeepable(it, site.siteId)) as WholeSlot[];
    if (there.length < wanted.length) return { kind: 'not-found' };
    const fault = blockFault(
      there.map(({ slot }) => slot),
      until,
      now,
    );
    if (fault) return { kind: 'fault', ...fault };
    for (const [nth, { slot, pools }] of there.entries()) {
      const free = pools.reduce((sum, pool) => sum + (pool.open ? pool.free : 0), 0);
      const places = wanted[nth]?.places ?? 0;
      if (slot.status === 'open' && places <= free) continue;
      // Not for what this same press has taken meanwhile.
      if (await createBlocks(deps.store).get(site.siteId, blockId)) return AGAIN;
      return { kind: 'taken', nth, free: slot.status === 'open' ? free : 0 };
    }

    const code = input.newCode();
    const kept = { id: blockId, unit, code, until };
    const parts = there.map((whole, n) => keep(whole, wanted[n]?.places ?? 0, kept));
    const draft: BlockItem = {
      kind: 'block',
      blockId,
      siteId: site.siteId,
      zone: site.zone,
      unit,
      code,
      headcountCode: input.newHeadcountCode(),
      until,
      times: parts.map(({ time }) => time).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1)),
      by,
      createdAt: now,
      accepted: accept([], input.idempotency),
      version: 1,
    };
    const { block, write } = blockWrite(draft, undefined, now);
    const items: DraftItem[] = [
      write,
      codeWrite(block, block.code, 'invite'),
      codeWrite(block, block.headcountCode, 'headcount'),
      ...parts.flatMap((part) => part.items),
      {
        Put: auditItem({
          by,
          action: 'block-made',
          scope: site.siteId,
          zone: site.zone,
          at: now,
          change: { unit, places: wanted.reduce((sum, { places }) => sum + places, 0), times: wanted.length, until },
          id: input.auditId,
        }),
      },
    ];
    if (items.length > MAX_ITEMS) return { kind: 'too-many' };
    const result = await deps.store.transact(items);
    return result.ok ? { kind: 'done', block } : AGAIN;
  }, deps);
}

/** A site's donations, and nobody's in particular yet. */
const isKeepable = ({ slot }: WholeSlot, siteId: string): boolean =>
  slot.slotKind === 'donation' && slot.containerId === siteId && !slot.block;

/** Takes places out of a slot and makes a slot of them. */
function keep(
  whole: WholeSlot,
  places: number,
  block: { id: string; unit: string; code: string; until: Instant },
): { time: BlockItem['times'][number]; items: DraftItem[] } {
  const { slot, pools } = whole;
  const { containerId, date, time, code } = parseSlotId(slot.slotId) ?? {
    containerId: '',
    date: '',
    time: '',
    code: '',
  };
  const id = slotId(containerId, date, time, `${code}-${block.id.slice(-8)}`);
  const moved = placesMoved(pools, slot.places - places) ?? [];
  const {
    kind: _,
    pools: _pools,
    status: _status,
    accepted: _accepted,
    closure: _closure,
    version: _v,
    ...rest
  } = slot;
  const own = { ...withoutKeys(rest), slotId: id, places, block: { ...block, of: slot.slotId } };
  const blocked: BlockedTime = { slotId: id, of: slot.slotId, places, startsAt: slot.startsAt };
  return {
    time: { ...blocked, endsAt: slot.endsAt, date: slot.date, procedure: slot.procedure ?? 'whole-blood' },
    items: [
      slotUpdate(slot, { status: slot.status, places: slot.places - places, ...markedBy(slot, -places) }),
      ...moved.map(({ k, by }) => changePool(slot.slotId, k, by, pools[k]?.open ?? true)),
      ...newSlotItems(own),
    ],
  };
}

/** What a closure gives a slot again moves with its places. */
export const markedBy = ({ closure }: SlotItem, by: number) =>
  closure ? { closure: { ...closure, places: closure.places + by } } : {};

/** An item that was read has its key beside it. */
const withoutKeys = <T extends object>(item: T): T => {
  const { pk: _pk, sk: _sk, ...rest } = item as T & { pk?: string; sk?: string };
  return rest as T;
};

const codeWrite = ({ siteId, blockId }: BlockItem, code: string, opens: BlockCodeItem['opens']): DraftItem => {
  const item: BlockCodeItem = { kind: 'block-code', siteId, blockId, opens };
  return { Put: { Item: { ...keys.blockCode(code), ...item }, ConditionExpression: absent } };
};

/** What is left of a block is everybody's from now on. */
export async function endBlock(
  deps: Deps,
  input: {
    siteId: string;
    blockId: string;
    version: number;
    by: string;
    auditId: string;
    idempotency: Idempotency;
  },
): Promise<BlockAnswer> {
  return await withRetries<BlockAnswer>(async () => {
    const before = await createBlocks(deps.store).get(input.siteId, input.blockId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', block: before } : { kind: 'key-reused' };
    const now = nowOf(deps);
    if (before.until <= now) return { kind: 'wrong-state' };
    if (before.version !== input.version) return { kind: 'changed-meanwhile' };
    const accepted = accept(before.accepted, input.idempotency);
    const { block, write } = blockWrite({ ...before, until: now, accepted }, before, now);
    const audit = auditItem({
      by: input.by,
      action: 'block-ended',
      scope: before.siteId,
      zone: before.zone,
      at: now,
      change: { unit: before.unit },
      id: input.auditId,
    });
    const result = await deps.store.transact([write, { Put: audit }]);
    return result.ok ? { kind: 'done', block } : AGAIN;
  }, deps);
}
