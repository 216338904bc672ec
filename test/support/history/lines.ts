import { earlierFirst } from '../../../shared/domain/dates.ts';
import { decide } from '../../../shared/domain/decide.ts';
import { OFFER_RULES } from '../../../shared/domain/waitlist.ts';
import { packFor } from '../../../shared/policy/index.ts';
import type { BookingItem, LockItem, PoolItem, SlotItem, WaitItem } from '../../../shared/store/items/index.ts';
import { unpackLock } from '../../../shared/store/lock.ts';
import { slotFacts } from '../../../shared/store/slots.ts';
import type { Changed } from './changes.ts';

type Invariant =
  | 'capacity'
  | 'taken-while-closed'
  | 'offer-unheld'
  | 'two-offers'
  | 'offer-order'
  | 'offer-unqualified'
  | 'offered-back'
  | 'accepted-once'
  | 'place-idle';
type Report = (invariant: Invariant, detail: string) => void;
type Dated<T> = { readonly n: number; readonly item: T };

const HOLDS = new Set(['booked', 'arrived', 'screened', 'giving', 'fulfilled', 'noshow']);
const MINUTE = 60_000;

/** What came of waiting, counted for whoever wants to know that a history was about something. */
export const WAIT_EVENTS = [
  'joined',
  'offered',
  'accepted',
  'declined',
  'lapsed',
  'left',
  'closed',
  'withdrawn',
] as const;
export type WaitEvent = (typeof WAIT_EVENTS)[number];

export type LinesSeen = {
  readonly counts: Readonly<Record<WaitEvent, number>>;
  /** Bookings that offers became. */
  readonly accepted: ReadonlyMap<string, string>;
};

/**
 * Goes through every write in its order and holds each moment against what is promised of places and waiting lists. A step of a
 * list rests on the list as it is, but on slots and locks as they were read since the list's last change: who qualifies is
 * judged by every state they had in that time, and whichever is the milder counts.
 */
export function linesHold(changes: readonly Changed[], now: number, report: Report): LinesSeen {
  const pools = new Map<string, PoolItem>();
  const bookings = new Map<string, BookingItem>();
  const taken = new Map<string, Set<string>>();
  const locks = new Map<string, Dated<LockItem>[]>();
  const slots = new Map<string, Dated<SlotItem>[]>();
  const lines = new Map<string, Map<string, WaitItem>>();
  const moved = new Map<string, number>();
  const joined = new Map<string, number>();
  const givenUp = new Map<string, number>();
  const acceptedFor = new Map<string, string>();
  const counts = Object.fromEntries(WAIT_EVENTS.map((event) => [event, 0])) as Record<WaitEvent, number>;

  /** The states that something had from a moment on. */
  const since = <T>(list: readonly Dated<T>[] = [], from: number): T[] =>
    list.filter((_, i) => (list[i + 1]?.n ?? Number.POSITIVE_INFINITY) > from).map(({ item }) => item);
  const qualified = (personId: string, slotId: string, from: number, at: string): boolean[] =>
    since(locks.get(personId), from).flatMap((lock) =>
      since(slots.get(slotId), from).map(
        (slot) => slot.status === 'open' && decide(unpackLock(lock), slotFacts(slot), packOf(slot), at).ok,
      ),
    );

  function booked(n: number, after: BookingItem): void {
    const before = bookings.get(after.bookingId);
    bookings.set(after.bookingId, after);
    const was = before && HOLDS.has(before.status) ? before : undefined;
    const is = HOLDS.has(after.status) ? after : undefined;
    const place = poolOf(after);
    if (was && (!is || poolOf(was) !== place)) taken.get(poolOf(was))?.delete(after.bookingId);
    if (was && (!is || was.slotId !== is.slotId)) givenUp.set(`${was.personId} ${was.slotId}`, n);
    if (!is) return;
    const holders = taken.get(place) ?? new Set();
    taken.set(place, holders.add(after.bookingId));
    const places = pools.get(place)?.places ?? 0;
    if (holders.size > places) report('capacity', `${place}: ${holders.size} at one moment on ${places} places`);
    const slot = slots.get(after.slotId)?.at(-1)?.item;
    if (was?.slotId !== is.slotId && slot?.slotKind === 'donation' && slot.status !== 'open') {
      report('taken-while-closed', `${after.bookingId} came to ${after.slotId}, which was ${slot.status}`);
    }
  }

  function offered(wait: WaitItem, line: ReadonlyMap<string, WaitItem>): void {
    const { offer, personId } = wait;
    const slot = slots.get(offer?.slotId ?? '')?.at(-1)?.item;
    if (!offer || !slot) {
      report('offer-unheld', `${idOf(wait)} is offered what is no slot`);
      return;
    }
    const from = moved.get(lineOf(wait)) ?? 0;
    const asked = new Set(
      [...line.values()].filter((it) => it.status === 'offered' && it !== wait).map((it) => it.personId),
    );
    if (asked.has(personId)) report('two-offers', `${personId} has two offers of ${lineOf(wait)}`);
    if (!covers(wait, slot) || !qualified(personId, slot.slotId, from, offer.at).some(Boolean)) {
      report('offer-unqualified', `${idOf(wait)} is offered ${slot.slotId}, which ${personId} may not have`);
    }
    if ((givenUp.get(`${personId} ${slot.slotId}`) ?? -1) > (joined.get(idOf(wait)) ?? 0)) {
      report('offered-back', `${personId} is offered ${slot.slotId}, which they gave up while waiting`);
    }
    for (const other of line.values()) {
      if (other.status !== 'waiting' || asked.has(other.personId) || !covers(other, slot)) continue;
      if (inTurn(other, wait) < 0 && qualified(other.personId, slot.slotId, from, offer.at).every(Boolean)) {
        report('offer-order', `${slot.slotId} is offered to ${idOf(wait)} before ${idOf(other)}`);
      }
    }
  }

  function accepted(wait: WaitItem, before: WaitItem | undefined): void {
    const booking = bookings.get(wait.bookingId ?? '');
    const same = booking?.personId === wait.personId && booking.slotId === wait.offer?.slotId && booking.version === 1;
    if (before?.status !== 'offered' || !same)
      report('accepted-once', `${idOf(wait)} was accepted without its booking`);
    const other = wait.bookingId && acceptedFor.get(wait.bookingId);
    if (other) report('accepted-once', `${wait.bookingId} is the booking of two offers`);
    acceptedFor.set(wait.bookingId ?? '', idOf(wait));
  }

  function waited(n: number, after: WaitItem): void {
    const line = lines.get(lineOf(after)) ?? new Map<string, WaitItem>();
    lines.set(lineOf(after), line);
    const before = line.get(idOf(after));
    line.set(idOf(after), after);
    if (before?.joinedAt !== after.joinedAt) {
      joined.set(idOf(after), n);
      counts.joined += 1;
    }
    if (after.status === 'accepted' && after.version !== before?.version) accepted(after, before);
    if (before?.status === after.status) return;
    if (after.status === 'offered') offered(after, line);
    if (after.status !== 'waiting') counts[after.status] += 1;
    else if (before?.status === 'offered') counts.withdrawn += 1;
  }

  /** With a line's own write, which is its transaction's last, the places of its offers are held. */
  function linePassed(key: string): void {
    const offers = new Map<string, number>();
    for (const { status, offer } of lines.get(key)?.values() ?? []) {
      if (status === 'offered' && offer) offers.set(poolOf(offer), (offers.get(poolOf(offer)) ?? 0) + 1);
    }
    for (const [pool, count] of offers) {
      const held = pools.get(pool)?.held ?? 0;
      if (held < count) report('offer-unheld', `${pool}: ${held} held for ${count} offers`);
    }
  }

  for (const [n, item] of changes.entries()) {
    switch (item.kind) {
      case 'pool':
        pools.set(poolOf({ slotId: item.slotId, pool: item.k }), item);
        break;
      case 'slot':
        push(slots, item.slotId, { n, item });
        break;
      case 'lock':
        push(locks, item.personId, { n, item });
        break;
      case 'booking':
        booked(n, item);
        break;
      case 'wait':
        waited(n, item);
        break;
      case 'wait-line':
        linePassed(lineOf(item));
        moved.set(lineOf(item), n);
        break;
    }
  }

  // In the end, when nothing moves any more.
  const end = changes.length;
  const at = new Date(now).toISOString();
  for (const [key, line] of lines) {
    const waits = [...line.values()];
    const asked = new Set(waits.filter(({ status }) => status === 'offered').map(({ personId }) => personId));
    for (const wait of waits) {
      const { status, offer, personId } = wait;
      if (status !== 'offered' || !offer) continue;
      if (offer.until <= at) report('place-idle', `the offer of ${idOf(wait)} is over and still stands`);
      else if (!qualified(personId, offer.slotId, end, at).every(Boolean)) {
        report('place-idle', `${offer.slotId} is held for ${personId}, who may not have it`);
      }
    }
    for (const pool of pools.values()) {
      const slot = slots.get(pool.slotId)?.at(-1)?.item;
      if (!slot || lineOf(slot) !== key) continue;
      const given = waits.filter(
        ({ status, offer }) => status === 'offered' && offer?.slotId === pool.slotId && offer.pool === pool.k,
      ).length;
      const loose = (pool.held ?? 0) - given;
      if (loose !== 0) report('place-idle', `${pool.slotId} pool ${pool.k}: ${pool.held} held for ${given} offers`);
      const last = Date.parse(slot.startsAt) - (OFFER_RULES.leadMinutes + OFFER_RULES.leastMinutes + 1) * MINUTE;
      if (pool.free === 0 || !pool.open || slot.status !== 'open' || now > last) continue;
      const next = waits.find(
        (wait) =>
          wait.status === 'waiting' &&
          covers(wait, slot) &&
          !asked.has(wait.personId) &&
          qualified(wait.personId, slot.slotId, end, at).every(Boolean),
      );
      if (next) report('place-idle', `${pool.slotId} pool ${pool.k} has ${pool.free} free, and ${idOf(next)} waits`);
    }
  }
  return { counts, accepted: acceptedFor };
}

const poolOf = ({ slotId, pool }: { slotId: string; pool: number }): string => `${slotId} ${pool}`;
const lineOf = ({ containerId, date }: { containerId: string; date: string }): string => `${containerId} ${date}`;
const idOf = ({ waitId, personId }: WaitItem): string => `${waitId} of ${personId}`;
const packOf = (slot: SlotItem) => (slot.slotKind === 'donation' ? packFor('cn', slot.date) : undefined);
const inTurn = (a: WaitItem, b: WaitItem): number =>
  earlierFirst(a.joinedAt, b.joinedAt) || earlierFirst(a.personId, b.personId);
/** Said once more than in the rules, so that a slip there is seen here. */
const covers = (wait: WaitItem, slot: SlotItem): boolean =>
  !wait.notSlots.includes(slot.slotId) &&
  (wait.slotId === undefined ? wait.procedure === slot.procedure : wait.slotId === slot.slotId);

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
