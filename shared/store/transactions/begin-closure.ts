import { createHash } from 'node:crypto';
import { type Closing, isAtRest, isTouched } from '../../domain/closures.ts';
import type { ClosureReason, SlotStatus } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import type { DraftItem } from '../client.ts';
import { closureWrite, createClosures, datesOf, newClosureWrite } from '../closures.ts';
import type { ClosureItem, SlotItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { inParallel } from '../parallel.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { changePool, createSlots, placesMoved, takenOf, type WholeSlot } from '../slots.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type ClosureAnswer =
  | { readonly kind: 'done'; readonly closure: ClosureItem }
  | { readonly kind: 'wrong-state' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' };

/** From the key, so that a repeat meets the closure that the first call made. */
const closureIdOf = ({ key }: Idempotency): string => `c${createHash('sha256').update(key).digest('hex').slice(0, 20)}`;

/**
 * Notes what a site closes or cuts, and shuts its slots: from then on nobody books a place that is to go. Whom that moves is
 * the job's to do (go-on-closing.ts), which also shuts what was left when this was stopped.
 */
export async function beginClosure(
  deps: EngineDeps,
  input: {
    siteId: string;
    zone: string;
    closing: Closing;
    reason: ClosureReason;
    by: string;
    auditId: string;
    idempotency: Idempotency;
  },
): Promise<ClosureAnswer> {
  const { siteId, zone, closing, reason, by, auditId, idempotency } = input;
  const answer = await withRetries<ClosureAnswer>(async () => {
    const now = nowOf(deps);
    const closure: ClosureItem = {
      kind: 'closure',
      closureId: closureIdOf(idempotency),
      siteId,
      zone,
      ...closing,
      reason,
      status: 'applying',
      by,
      createdAt: now,
      changedAt: now,
      accepted: accept([], idempotency),
      version: 1,
    };
    const change = { closureId: closure.closureId, from: closing.from, to: closing.to, places: closing.places };
    const audit = auditItem({ by, action: 'closure-begun', scope: siteId, zone, at: now, id: auditId, change });
    const result = await deps.store.transact([newClosureWrite(closure), { Put: audit }]);
    if (result.ok) return { kind: 'done', closure };
    const own = await createClosures(deps.store).get(siteId, closure.closureId);
    if (!own) return AGAIN;
    return wasAccepted(own.accepted, idempotency) === 'same' ? { kind: 'done', closure: own } : { kind: 'key-reused' };
  }, deps);
  if (answer.kind === 'done' && answer.closure.status === 'applying') await shutSlots(deps, answer.closure);
  return answer;
}

/** Takes a closure back; whoever has not answered yet gets their old time again, which is the job's to do. */
export async function reopenClosure(
  deps: EngineDeps,
  input: {
    siteId: string;
    closureId: string;
    version: number;
    by: string;
    auditId: string;
    idempotency: Idempotency;
  },
): Promise<ClosureAnswer> {
  return await withRetries<ClosureAnswer>(async () => {
    const before = await createClosures(deps.store).get(input.siteId, input.closureId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', closure: before } : { kind: 'key-reused' };
    if (before.status !== 'applying' && before.status !== 'applied') return { kind: 'wrong-state' };
    if (before.version !== input.version) return { kind: 'changed' };
    const now = nowOf(deps);
    const accepted = accept(before.accepted, input.idempotency);
    const { after, write } = closureWrite(before, { status: 'reopening', accepted }, now);
    const audit = auditItem({
      by: input.by,
      action: 'closure-reopened',
      scope: before.siteId,
      zone: before.zone,
      at: now,
      id: input.auditId,
      change: { closureId: before.closureId },
    });
    const result = await deps.store.transact([write, { Put: audit }]);
    return result.ok ? { kind: 'done', closure: after } : AGAIN;
  }, deps);
}

const AT_ONCE = 8;

/** Shuts every slot of a closure that is not shut yet. False while another job is at one of them. */
export async function shutSlots(deps: EngineDeps, closure: ClosureItem): Promise<boolean> {
  const slots = createSlots(deps.store);
  let all = true;
  for (const date of datesOf(closure)) {
    const day = await slots.dayNow(closure.siteId, date);
    await inParallel(day, AT_ONCE, async ({ slot }) => {
      const shut = await withRetries(async () => await shutSlot(deps, closure, slot.slotId), deps);
      all &&= shut;
    });
  }
  return all;
}

async function shutSlot(deps: EngineDeps, closure: ClosureItem, slotId: string): Promise<boolean | typeof AGAIN> {
  const whole = await createSlots(deps.store).whole(slotId);
  if (!whole || !isTouched(closure, whole.slot, nowOf(deps)) || whole.slot.closure?.id === closure.closureId)
    return true;
  if (!isAtRest(whole.slot.status)) return false;
  const items = shutItems(closure, whole);
  if (items.length === 0) return true;
  return (await deps.store.transact(items)).ok || AGAIN;
}

/** What shuts a slot, nothing where it has no more than is to be left. Where a cut takes free places only, that is all there is to it. */
function shutItems({ closureId, places }: ClosureItem, whole: WholeSlot): DraftItem[] {
  const { slot, pools } = whole;
  const taken = takenOf(pools);
  const marker = { id: closureId, places: slot.places, status: slot.status };
  if (places === 0) {
    if (slot.status === 'closed' && taken === 0) return [];
    return shutTo(whole, 'closing', marker);
  }
  if (slot.places <= places) return [];
  if (taken > places) return shutTo(whole, 'settling', marker);
  return cutItems(whole, places, { status: slot.status, closure: marker });
}

const shutTo = ({ slot, pools }: WholeSlot, status: SlotStatus, closure: SlotItem['closure']): DraftItem[] => [
  slotUpdate(slot, { status, closure }),
  ...pools.filter(({ open }) => open).map(({ k }) => changePool(slot.slotId, k, 0, false)),
];

/** A slot with as many places as it is to have, or as are taken where those are more, in the state it is to be in. */
export function cutItems(
  { slot, pools }: WholeSlot,
  places: number,
  after: { status: SlotStatus; closure?: SlotItem['closure'] },
): DraftItem[] {
  const target = Math.max(places, takenOf(pools));
  const by = new Map((placesMoved(pools, target) ?? []).map((moved) => [moved.k, moved.by]));
  const open = after.status === 'open';
  return [
    slotUpdate(slot, { ...after, places: target }),
    ...pools
      .filter((pool) => by.has(pool.k) || pool.open !== open)
      .map(({ k }) => changePool(slot.slotId, k, by.get(k) ?? 0, open)),
  ];
}

/** Changes a slot's state, provided nobody has since it was read. */
export function slotUpdate(
  before: SlotItem,
  change: { status: SlotStatus; places?: number; pools?: number; closure?: SlotItem['closure'] | 'none' },
): DraftItem {
  const { closure, ...rest } = change;
  const set: Record<string, unknown> = { ...rest, version: before.version + 1 };
  if (closure && closure !== 'none') set['closure'] = closure;
  const names = Object.keys(set);
  const sets = `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`;
  return {
    Update: {
      Key: keys.slot(before.slotId),
      UpdateExpression: closure === 'none' ? `${sets} REMOVE #closure` : sets,
      ConditionExpression: '#version = :before',
      ExpressionAttributeNames: {
        ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ...(closure === 'none' && { '#closure': 'closure' }),
      },
      ExpressionAttributeValues: {
        ':before': before.version,
        ...Object.fromEntries(names.map((name) => [`:${name}`, set[name]])),
      },
    },
  };
}
