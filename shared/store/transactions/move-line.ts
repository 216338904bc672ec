import { decide } from '../../domain/decide.ts';
import { addMinutes } from '../../domain/local-time.ts';
import type { SlotFacts } from '../../domain/refusal.ts';
import type { Instant } from '../../domain/vocabulary.ts';
import {
  isInLine,
  isWaitedFor,
  type LineStep,
  nextStep,
  type QuietUntil,
  type WaitedSlot,
} from '../../domain/waitlist.ts';
import type { DraftItem } from '../client.ts';
import { createDrives, type DayDrive, shortOf } from '../drives.ts';
import type { LockItem, OfferCodeItem, SlotItem, WaitItem, WaitLineItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { forgetAfter } from '../ttl.ts';
import {
  createWaits,
  type LineKey,
  lineWrite,
  poolFlag,
  poolMove,
  waitAfter,
  waitedSlot,
  waitWrite,
} from '../waits.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type MoveDeps = EngineDeps & { readonly quiet: QuietUntil };

/** Steps taken in one run, so that it ends; what is left is due at once, for the next. */
const MOST_STEPS = 200;
/** Pools whose mark one transaction sets right, beside the line. */
const MOST_FLAGS = 99;
/** How soon a line is looked at again that rests on volunteers who are short. */
const LOOK_AGAIN_MINUTES = 2;
/** A code stays the caller's this long after the offer, for whoever calls a little late. */
const CODE_KEPT_DAYS = 1;

/**
 * Takes a day's waiting list as far as it goes now: ends what cannot stand, offers each held place to the first in line who
 * qualifies, gives back what nobody can be offered. Each step is one transaction that rests on the whole list as it was read,
 * so it may be stopped anywhere, run twice or by several at once; what is not finished stays due.
 */
export async function moveLine(deps: MoveDeps, key: LineKey): Promise<void> {
  for (let n = 0; n < MOST_STEPS; n += 1) {
    if (await withRetries(async () => await takeStep(deps, key), deps)) return;
  }
}

/** Whether the line rests; false when a step was taken and another may follow. */
async function takeStep(deps: MoveDeps, key: LineKey): Promise<boolean | typeof AGAIN> {
  const waits = createWaits(deps.store);
  const { line, waits: all } = await waits.ofDay(key);
  if (!line) return true;
  const inLine = all.filter(({ status }) => isInLine(status));
  const day = await waits.slotsOfDay(key);
  const slots = day.map(({ slot, pools }) => waitedSlot(slot, pools));
  const now = nowOf(deps);
  const [first] = day;
  const drive = first && (await createDrives(deps.store).ofSlot(first.slot));
  const step = nextStep({
    now,
    waits: inLine,
    slots,
    qualifies: await qualifiers(deps, inLine, day, drive, now),
    quiet: deps.quiet,
  });
  const wakeAt = step.kind === 'rest' ? wokenAt(step.wakeAt, inLine, day, drive, now) : undefined;
  const items = step.kind === 'rest' ? restItems(key, line, inLine, slots, wakeAt, now) : itemsOf(deps, step, now);
  if (step.kind === 'rest' && items.length === 0) return true;
  const written = await deps.store.transact(step.kind === 'rest' ? items : [...items, lineWrite(key, line, now)]);
  if (!written.ok) return AGAIN;
  return step.kind === 'rest' && items.length <= MOST_FLAGS;
}

/** While volunteers are short for somebody who waits, the line is looked at again before long: nothing of its own says that they no longer are. */
function wokenAt(
  wakeAt: Instant | undefined,
  waits: readonly WaitItem[],
  day: readonly { slot: SlotItem }[],
  drive: DayDrive | undefined,
  now: Instant,
): Instant | undefined {
  const isShort =
    waits.length > 0 &&
    day.some(({ slot }) => slot.startsAt > now && slot.status === 'open' && shortOf(drive, slot) > 0);
  const soon = addMinutes(now, LOOK_AGAIN_MINUTES);
  return isShort && (wakeAt === undefined || wakeAt > soon) ? soon : wakeAt;
}

/** Who may take a place in which slot, by what is known of everyone in the line now. */
async function qualifiers(
  deps: EngineDeps,
  waits: readonly WaitItem[],
  day: readonly { slot: SlotItem }[],
  drive: DayDrive | undefined,
  now: Instant,
): Promise<(personId: string, slot: SlotFacts) => boolean> {
  const people = [...new Set(waits.map(({ personId }) => personId))];
  const locks = (await deps.store.batchGet(people.map(keys.lock), { consistent: true })) as (LockItem | undefined)[];
  const byPerson = new Map(locks.flatMap((lock) => (lock ? [[lock.personId, unpackLock(lock)]] : [])));
  const slots = new Map(day.map(({ slot }) => [slot.slotId, slot]));
  const offers = new Set(
    waits.flatMap(({ personId, status, offer }) =>
      status === 'offered' && offer ? [`${personId} ${offer.slotId}`] : [],
    ),
  );
  return (personId, facts) => {
    const lock = byPerson.get(personId);
    const slot = slots.get(facts.slotId);
    if (!lock || !slot || !decide(lock, facts, deps.packOf(slot), now).ok) return false;
    // Nothing new is offered while volunteers are short; what was offered before stands.
    return shortOf(drive, slot) === 0 || offers.has(`${personId} ${slot.slotId}`);
  };
}

function itemsOf(deps: MoveDeps, step: Exclude<LineStep<WaitItem>, { kind: 'rest' }>, now: Instant): DraftItem[] {
  switch (step.kind) {
    case 'lapse':
    case 'close':
      return [waitWrite(step.wait, waitAfter(step.wait, step.kind, { now }), step.kind)];
    case 'withdraw': {
      const { offer: _, ...rest } = waitAfter(step.wait, step.kind, { now });
      return [waitWrite(step.wait, rest, step.kind)];
    }
    case 'release':
      return [poolMove(step.slot.slotId, step.pool, 'held', 'free', step.places)];
    case 'offer':
      return offerItems(deps, step, now);
  }
}

function offerItems(
  deps: MoveDeps,
  { wait, slot, pool, from, until }: Extract<LineStep<WaitItem>, { kind: 'offer' }>,
  now: Instant,
): DraftItem[] {
  const code = String(Math.floor(deps.random() * 10_000)).padStart(4, '0');
  const offer = { slotId: slot.slotId, pool, startsAt: slot.startsAt, endsAt: slot.endsAt, at: now, until, code };
  const held: OfferCodeItem = { kind: 'offer-code', waitId: wait.waitId, personId: wait.personId, until };
  return [
    waitWrite(wait, waitAfter(wait, 'offer', { now, change: { offer } }), 'offer'),
    {
      Put: {
        Item: { ...keys.offerCode(wait.containerId, code), ...held, ...forgetAfter(until, CODE_KEPT_DAYS) },
        // Another's code, or one that was another's a moment ago: the next try takes another.
        ConditionExpression: 'attribute_not_exists(pk) OR #until < :past',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':past': addMinutes(now, -CODE_KEPT_DAYS * 24 * 60) },
      },
    },
    ...(from === 'free' ? [poolMove(slot.slotId, pool, 'free', 'held')] : []),
  ];
}

/** What sets a resting line's own notes right: when it is to be looked at again, and each pool's mark. Empty: all is right. */
function restItems(
  key: LineKey,
  line: WaitLineItem,
  waits: readonly WaitItem[],
  slots: readonly WaitedSlot[],
  wakeAt: Instant | undefined,
  now: Instant,
): DraftItem[] {
  const flags = slots.flatMap((slot) => {
    const waited = isWaitedFor(waits, slot, now);
    return slot.pools.filter((pool) => pool.waits !== waited).map((pool) => poolFlag(slot.slotId, pool.k, waited));
  });
  if (flags.length === 0 && line.wakeAt === wakeAt) return [];
  // More than fit are done in turns: the line stays due until the last.
  const more = flags.length > MOST_FLAGS;
  return [lineWrite(key, line, more ? now : wakeAt), ...flags.slice(0, MOST_FLAGS)];
}
