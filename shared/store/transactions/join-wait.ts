import { earlierFirst } from '../../domain/dates.ts';
import { decide } from '../../domain/decide.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { isInLine, mayWaitFor } from '../../domain/waitlist.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { createDrives, volunteersShort } from '../drives.ts';
import type { LockItem, SlotItem, WaitItem } from '../items/index.ts';
import { indexes, keys, waitId } from '../keys.ts';
import { type Lock, unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { slotFacts, type WholeSlot } from '../slots.ts';
import { createWaits, HAS_ROOM, lineTouch, newWaitWrite, poolWaits, WAIT_TOO_LATE } from '../waits.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { CLOSED } from './place.ts';

export type JoinAnswer =
  | { readonly kind: 'done'; readonly wait: WaitItem }
  | { readonly kind: 'refused'; readonly reasons: readonly Refusal[]; readonly slot: SlotItem; readonly lock: Lock }
  | { readonly kind: 'no-slot' }
  | { readonly kind: 'key-reused' };

type Day = readonly WholeSlot[];

/** The most a transaction takes, less the list and the wait. */
const MOST_POOLS = 98;

/**
 * Puts a person at the end of the line for a slot, or for any time that day at its place, in one transaction that holds only
 * while everything they wait for is full. Whoever is in that line already stays where they are.
 */
export async function joinWait(
  deps: EngineDeps,
  input: { personId: string; slotId: string; anyTime: boolean; idempotency: Idempotency },
): Promise<JoinAnswer> {
  const waits = createWaits(deps.store);
  return await withRetries<JoinAnswer>(async () => {
    const [slot, lockItem] = (await deps.store.batchGet([keys.slot(input.slotId), keys.lock(input.personId)], {
      consistent: true,
    })) as [SlotItem | undefined, LockItem | undefined];
    if (!slot || !lockItem) return { kind: 'no-slot' };
    const id = waitId(slot, input.anyTime);
    const before = await waits.get(id, input.personId);
    const known = before && wasAccepted(before.accepted, input.idempotency);
    if (before && known) return known === 'same' ? { kind: 'done', wait: before } : { kind: 'key-reused' };
    if (before && isInLine(before.status)) return { kind: 'done', wait: before };

    const now = nowOf(deps);
    const lock = unpackLock(lockItem);
    const day = await waits.slotsOfDay(slot);
    const wanted = day
      .filter((it) =>
        input.anyTime ? isAlike(it.slot, slot) && it.slot.startsAt > now : it.slot.slotId === slot.slotId,
      )
      .filter(({ slot: { status } }) => status === 'open');
    const reasons = refusalOf(deps, lock, slot, wanted, now);
    if (reasons) return { kind: 'refused', reasons, slot, lock };
    const pools = wanted.flatMap((it) => it.pools).filter(({ open }) => open);
    if (pools.some(({ free }) => free > 0)) {
      // There is room, and nobody is offered it: to wait for it would say nothing of when.
      const short = volunteersShort(await createDrives(deps.store).ofSlot(slot), slot);
      return { kind: 'refused', reasons: [short ?? HAS_ROOM], slot, lock };
    }

    const wait = newWait(id, input, slot, wanted, now, before);
    const result = await deps.store.transact([
      newWaitWrite(wait, before),
      lineTouch(slot),
      ...pools.slice(0, MOST_POOLS).map(({ slotId, k }) => poolWaits(slotId, k)),
    ]);
    return result.ok ? { kind: 'done', wait } : AGAIN;
  }, deps);
}

const isAlike = (a: SlotItem, b: SlotItem): boolean => a.slotKind === b.slotKind && a.procedure === b.procedure;

/** Why somebody may not wait: for any time that day, only what holds for every slot of it. */
function refusalOf(deps: EngineDeps, lock: Lock, slot: SlotItem, wanted: Day, now: string): Refusal[] | undefined {
  if (wanted.length === 0) return [slot.startsAt <= now ? { code: 'slot-past' } : CLOSED];
  const decisions = wanted.map((it) => ({
    ...it,
    decision: decide(lock, slotFacts(it.slot), deps.packOf(it.slot), now),
  }));
  const qualified = decisions.filter(({ decision }) => decision.ok);
  if (qualified.length === 0) {
    const own = decisions.find((it) => it.slot.slotId === slot.slotId) ?? decisions[0];
    return own && !own.decision.ok ? [...own.decision.reasons] : [];
  }
  return qualified.some((it) => mayWaitFor(now, it.slot)) ? undefined : [WAIT_TOO_LATE];
}

function newWait(
  id: string,
  input: { personId: string; anyTime: boolean; idempotency: Idempotency },
  slot: SlotItem,
  wanted: Day,
  now: string,
  before: WaitItem | undefined,
): WaitItem {
  const starts = wanted.map((it) => it.slot.startsAt).sort(earlierFirst);
  const ends = wanted.map((it) => it.slot.endsAt).sort(earlierFirst);
  return {
    kind: 'wait',
    waitId: id,
    personId: input.personId,
    status: 'waiting',
    slotKind: slot.slotKind,
    containerId: slot.containerId,
    place: slot.place,
    address: slot.stop ?? slot.address,
    ...(slot.procedure && { procedure: slot.procedure }),
    ...(!input.anyTime && { slotId: slot.slotId, ...(slot.role && { role: slot.role }) }),
    startsAt: starts[0] ?? slot.startsAt,
    endsAt: ends.at(-1) ?? slot.endsAt,
    date: slot.date,
    zone: slot.zone,
    notSlots: [],
    joinedAt: now,
    changedAt: now,
    accepted: accept(before?.accepted ?? [], input.idempotency),
    version: (before?.version ?? 0) + 1,
    gsi1pk: indexes.waiter(input.personId),
    gsi1sk: indexes.waiterSort(now, id),
  };
}
