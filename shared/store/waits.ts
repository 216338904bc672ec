import { addSpan } from '../domain/dates.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Instant, LocalDate } from '../domain/vocabulary.ts';
import { WAIT_TRANSITIONS, type WaitAction, type WaitedSlot } from '../domain/waitlist.ts';
import { accept, type Idempotency } from './accepted.ts';
import { asRead } from './as-read.ts';
import type { DraftItem, Store } from './client.ts';
import { queryAll } from './every.ts';
import type { OfferCodeItem, PoolItem, SlotItem, WaitItem, WaitLineItem } from './items/index.ts';
import { indexes, keys, partitions } from './keys.ts';
import { createSlots, slotFacts, type WholeSlot } from './slots.ts';
import { forgetAfter } from './ttl.ts';

/** A waiting list's day at a site or event. */
export type LineKey = { readonly containerId: string; readonly date: LocalDate };
export type LineOfDay = { readonly line: WaitLineItem | undefined; readonly waits: WaitItem[] };

export const WAIT_TOO_LATE: Refusal = { code: 'wait-too-late' };
export const HAS_ROOM: Refusal = { code: 'has-room' };
export const OFFER_OVER: Refusal = { code: 'offer-over' };

/** How long after its day a wait is kept, for whoever looks up what became of it. */
const KEEP_DAYS = 60;
/** A little more than a day, for every zone there is. */
const forget = (date: LocalDate) => forgetAfter(`${addSpan(date, { value: 2, unit: 'day' })}T00:00:00.000Z`, KEEP_DAYS);

/** What the rules need of a slot and its pools. */
export const waitedSlot = (slot: SlotItem, pools: readonly PoolItem[]): WaitedSlot => ({
  ...slotFacts(slot),
  status: slot.status,
  pools: pools.map(({ k, free, held = 0, open, waits = false }) => ({ k, free, held, open, waits })),
});

export const newWaitWrite = (wait: WaitItem, before: WaitItem | undefined): DraftItem => ({
  Put: {
    Item: { ...keys.wait(wait.waitId, wait.personId), ...wait, ...forget(wait.date) },
    ...asRead(before),
  },
});

/** A wait after an action: `status`, `version`, `changedAt` and `accepted` follow by themselves. */
export function waitAfter(
  before: WaitItem,
  action: WaitAction,
  { now, idempotency, change }: { now: Instant; idempotency?: Idempotency; change?: Partial<WaitItem> },
): WaitItem {
  return {
    ...before,
    ...change,
    status: WAIT_TRANSITIONS[action].to,
    changedAt: now,
    accepted: idempotency ? accept(before.accepted, idempotency) : before.accepted,
    version: before.version + 1,
  };
}

/** Writes it, provided it is in a state that the action may leave and nobody has changed it since. */
export function waitWrite(before: WaitItem, after: WaitItem, action: WaitAction): DraftItem {
  const { from } = WAIT_TRANSITIONS[action];
  return {
    Put: {
      Item: { ...keys.wait(before.waitId, before.personId), ...after, ...forget(after.date) },
      ConditionExpression: `#version = :version AND #status IN (${from.map((_, n) => `:from${n}`).join(', ')})`,
      ExpressionAttributeNames: { '#version': 'version', '#status': 'status' },
      ExpressionAttributeValues: {
        ':version': before.version,
        ...Object.fromEntries(from.map((status, n) => [`:from${n}`, status])),
      },
    },
  };
}

/**
 * Notes slots that are never to be offered to somebody who waits for any time of a day. It changes nothing of what they were
 * told, so the wait keeps its version, on which its texts rest: what guards it is the line, which is to be moved along with it.
 */
export const waitStruck = (before: WaitItem, slotIds: readonly string[]): DraftItem => ({
  Put: {
    Item: {
      ...keys.wait(before.waitId, before.personId),
      ...before,
      notSlots: [...before.notSlots, ...slotIds],
      ...forget(before.date),
    },
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': before.version },
  },
});

/** Moves a line's version, provided nothing has happened in it since it was read; `wakeAt`: when to look at it again. */
export function lineWrite(
  { containerId, date }: LineKey,
  before: WaitLineItem | undefined,
  wakeAt: Instant | undefined,
): DraftItem {
  const item: WaitLineItem = {
    kind: 'wait-line',
    containerId,
    date,
    version: (before?.version ?? 0) + 1,
    ...(wakeAt && { wakeAt, gsi2pk: indexes.waitDue(), gsi2sk: indexes.waitDueSort(wakeAt, containerId, date) }),
  };
  return {
    Put: {
      Item: { ...keys.waitLine(containerId, date), ...item, ...forget(date) },
      ...asRead(before),
    },
  };
}

/** Holds while nothing has happened in a line since it was read. */
export const lineAsRead = ({ containerId, date }: LineKey, before: WaitLineItem | undefined): DraftItem => ({
  ConditionCheck: {
    Key: keys.waitLine(containerId, date),
    ...asRead(before),
  },
});

/** Moves a line's version whatever else happens in it: joining changes nothing that another's step rests on but the list. */
export const lineTouch = ({ containerId, date }: LineKey): DraftItem => ({
  Update: {
    Key: keys.waitLine(containerId, date),
    UpdateExpression:
      'SET #kind = :kind, #container = :container, #date = :date, #ttl = :ttl, #version = if_not_exists(#version, :zero) + :one',
    ExpressionAttributeNames: {
      '#kind': 'kind',
      '#container': 'containerId',
      '#date': 'date',
      '#ttl': 'ttl',
      '#version': 'version',
    },
    ExpressionAttributeValues: {
      ':kind': 'wait-line',
      ':container': containerId,
      ':date': date,
      ':ttl': forget(date)['ttl'],
      ':zero': 0,
      ':one': 1,
    },
  },
});

/** Notes on a pool that somebody waits, provided it has no free place. */
export const poolWaits = (slotId: string, k: number): DraftItem => ({
  Update: {
    Key: keys.pool(slotId, k),
    UpdateExpression: 'SET #waits = :true',
    ConditionExpression: '#free = :zero',
    ExpressionAttributeNames: { '#waits': 'waits', '#free': 'free' },
    ExpressionAttributeValues: { ':true': true, ':zero': 0 },
  },
});

/** Notes on a pool whether somebody waits, as a line that has not changed says. */
export const poolFlag = (slotId: string, k: number, waits: boolean): DraftItem => ({
  Update: {
    Key: keys.pool(slotId, k),
    UpdateExpression: waits ? 'SET #waits = :true' : 'REMOVE #waits',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#waits': 'waits' },
    ...(waits && { ExpressionAttributeValues: { ':true': true } }),
  },
});

/** Moves places of an open pool between anyone's and those held for who waits; taken out of `held`, they become a booking. What is held becomes free also where it is closed. */
export function poolMove(
  slotId: string,
  k: number,
  from: 'held' | 'free',
  to: 'held' | 'free' | 'taken',
  places = 1,
): DraftItem {
  const needsOpen = from === 'free' || to === 'taken';
  const parts = [`#from = #from - :places`, ...(to === 'taken' ? [] : ['#to = if_not_exists(#to, :zero) + :places'])];
  return {
    Update: {
      Key: keys.pool(slotId, k),
      UpdateExpression: `SET ${parts.join(', ')}`,
      ConditionExpression: needsOpen ? '#from >= :places AND #open = :true' : '#from >= :places',
      ExpressionAttributeNames: {
        '#from': from,
        ...(to !== 'taken' && { '#to': to }),
        ...(needsOpen && { '#open': 'open' }),
      },
      ExpressionAttributeValues: {
        ':places': places,
        ...(to !== 'taken' && { ':zero': 0 }),
        ...(needsOpen && { ':true': true }),
      },
    },
  };
}

export function createWaits(store: Store) {
  return {
    async get(waitId: string, personId: string): Promise<WaitItem | undefined> {
      return await store.get<WaitItem>(keys.wait(waitId, personId), { consistent: true });
    },

    /** A day's list whole, as it is now. The line is read first: whatever is newer than its version is seen or refused. */
    async ofDay(key: LineKey): Promise<LineOfDay> {
      const line = await store.get<WaitLineItem>(keys.waitLine(key.containerId, key.date), { consistent: true });
      if (!line) return { line, waits: [] };
      const items = await queryAll<WaitItem | WaitLineItem>(store, {
        pk: partitions.waits(key.containerId, key.date),
        consistent: true,
      });
      return { line, waits: items.filter((item) => item.kind === 'wait') };
    },

    /** Every slot of the day that may be waited for, with its pools, as they are now: what is kept for a unit is nobody else's. */
    async slotsOfDay({ containerId, date }: LineKey): Promise<WholeSlot[]> {
      return (await createSlots(store).dayNow(containerId, date)).filter(({ slot }) => !slot.block);
    },

    /** A person's waits, latest joined first, as of a moment ago. */
    async ofPerson(personId: string, limit: number): Promise<WaitItem[]> {
      const { items } = await store.query<WaitItem>({
        pk: indexes.waiter(personId),
        index: 'gsi1',
        newestFirst: true,
        limit,
      });
      return items;
    },

    /** Lists in which something is due by an instant. */
    async due(now: Instant): Promise<WaitLineItem[]> {
      return await queryAll<WaitLineItem>(store, { pk: indexes.waitDue(), index: 'gsi2', skBetween: ['0', `${now}~`] });
    },

    async byCode(containerId: string, code: string): Promise<OfferCodeItem | undefined> {
      return await store.get<OfferCodeItem>(keys.offerCode(containerId, code), { consistent: true });
    },
  };
}
