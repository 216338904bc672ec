import { askedUntil, isUnanswered, MOVE_RULES, moveState, nearest, toldAt } from '../../domain/closures.ts';
import { decide } from '../../domain/decide.ts';
import { addMinutes } from '../../domain/local-time.ts';
import type { Instant } from '../../domain/vocabulary.ts';
import { bookingWrite, createBookings, placeOf } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import { createClosures, moveCodeWrite, movedBooking, moveFacts, moveWrite } from '../closures.ts';
import type { BookingItem, ClosureItem, LockItem, MovedPlace, MoveItem, SiteItem, SlotItem } from '../items/index.ts';
import { indexes, keys } from '../keys.ts';
import { commitmentOf, keptCommitments, type Lock, lockWrite, unpackLock } from '../lock.ts';
import type { NearbyPlaces, NearbySlot } from '../nearby.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createSlots, slotFacts, takePlace } from '../slots.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import type { MoveDeps } from './move-line.ts';
import { failed } from './place.ts';
import { NO_PLACE } from './reschedule.ts';
import { returnPlaces } from './return-places.ts';

const movedPlace = (it: BookingItem | SlotItem): MovedPlace => ({
  slotId: it.slotId,
  siteId: it.containerId,
  place: it.place,
  date: it.date,
  startsAt: it.startsAt,
  endsAt: it.endsAt,
});

/**
 * Moves a booking out of a slot that closes, to the nearest that would do, or ends it where none would: the new place, the
 * old one, the lock, the booking and the note of it in one transaction. The person is told by the stream and asked; they
 * hold the new place from this moment on. A booking that has gone meanwhile is left alone.
 */
export async function moveAway(
  deps: MoveDeps,
  closure: ClosureItem,
  site: SiteItem,
  { bookingId, slotId }: BookingItem,
  places: NearbyPlaces,
): Promise<void> {
  await withRetries(async () => {
    const before = await createBookings(deps.store).get(bookingId);
    if (before?.status !== 'booked' || before.slotId !== slotId) return true;
    const item = await deps.store.get<LockItem>(keys.lock(before.personId), { consistent: true });
    if (!item) return true;
    const lock = unpackLock(item);
    const now = nowOf(deps);
    const others = keptCommitments(lock, now).filter((held) => held.bookingId !== bookingId);
    const fits = ({ slot }: NearbySlot) =>
      decide({ ...lock, commitments: others }, slotFacts(slot), deps.packOf(slot), now).ok;
    const from = { ...before, siteId: site.siteId, district: site.district.zh };
    const to = nearest(from, await places.inReach(before.date), fits, now);
    const pool = to?.pools[Math.floor(deps.random() * to.pools.length)];
    // Somebody whom this closure has moved before, and who is in its way again.
    const earlier = await createClosures(deps.store).move(closure.closureId, bookingId);
    const move = { ...newMove(deps, closure, before, to, now), version: (earlier?.version ?? 0) + 1 };
    const result = await deps.store.transact([
      ...(to && pool ? [takePlace(to.slotId, pool.k)] : []),
      ...(to && pool ? arrive(lock, others, before, to, pool.k, move, now) : depart(lock, others, before, move, now)),
      moveWrite(move, earlier),
      ...codeWrite(move, now),
      ...(await returnPlaces(deps, [before])),
    ]);
    if (result.ok) {
      if (to && pool) places.took(to, pool.k);
      return true;
    }
    if (to && failed(result.reasons[0])) await places.lookAgain(to);
    return AGAIN;
  }, deps);
}

function newMove(
  deps: MoveDeps,
  closure: ClosureItem,
  before: BookingItem,
  to: NearbySlot | undefined,
  now: Instant,
): MoveItem {
  const starts = [before.startsAt, ...(to ? [to.startsAt] : [])];
  const tellAt = toldAt(now, starts, before.zone, deps.quiet);
  return {
    kind: 'move',
    closureId: closure.closureId,
    siteId: closure.siteId,
    bookingId: before.bookingId,
    personId: before.personId,
    zone: before.zone,
    procedure: before.procedure ?? 'whole-blood',
    from: movedPlace(before),
    ...(to && {
      to: movedPlace(to.slot),
      code: String(Math.floor(deps.random() * 10_000)).padStart(4, '0'),
      until: askedUntil(tellAt, to),
    }),
    tellAt,
    movedAt: now,
    accepted: [],
    version: 1,
    gsi1pk: indexes.moved(before.personId),
    gsi1sk: indexes.movedSort(now, closure.closureId),
  };
}

function arrive(
  lock: Lock,
  others: Lock['commitments'],
  before: BookingItem,
  { slot }: NearbySlot,
  pool: number,
  { closureId, from, tellAt, until, code }: MoveItem,
  now: Instant,
): DraftItem[] {
  const closure = { id: closureId, was: from.startsAt, tellAt, ...(until && { until }), ...(code && { code }) };
  return [
    lockWrite(lock, { commitments: [...others, commitmentOf(before.bookingId, slot)] }),
    bookingWrite(before, 'reschedule', {
      now,
      change: { ...NO_PLACE, ...placeOf(slot, before.bookingId), pool, closure },
    }),
  ];
}

const depart = (
  lock: Lock,
  others: Lock['commitments'],
  before: BookingItem,
  { closureId, tellAt }: MoveItem,
  now: Instant,
): DraftItem[] => [
  lockWrite(lock, { commitments: others }),
  bookingWrite(before, 'cancel', {
    now,
    change: { cancelCause: 'site-closed', closure: { id: closureId, was: before.startsAt, tellAt } },
  }),
];

const codeWrite = ({ siteId, code, closureId, bookingId, until }: MoveItem, now: Instant): DraftItem[] =>
  code && until ? [moveCodeWrite(siteId, code, { kind: 'move-code', closureId, bookingId, until }, now)] : [];

/**
 * Gives somebody who has not answered their old time again, now that it will be after all, in one transaction. Whoever has
 * answered, or could not get there in time any more, keeps what they have.
 */
export async function moveBack(deps: EngineDeps, { closureId, bookingId }: MoveItem): Promise<void> {
  const closures = createClosures(deps.store);
  await withRetries(async () => {
    const move = await closures.move(closureId, bookingId);
    const before = await createBookings(deps.store).get(bookingId);
    const now = nowOf(deps);
    if (!move || before?.status !== 'booked') return true;
    if (!isUnanswered(moveState(moveFacts(move), movedBooking(before), [], now))) return true;
    if (move.from.startsAt < addMinutes(now, MOVE_RULES.leadMinutes)) return true;
    const whole = await createSlots(deps.store).whole(move.from.slotId);
    const item = await deps.store.get<LockItem>(keys.lock(move.personId), { consistent: true });
    const pool = whole?.pools.find(({ free }) => free > 0);
    if (!whole || !item || !pool) return true;
    const lock = unpackLock(item);
    const { slot } = whole;
    const others = keptCommitments(lock, now).filter((held) => held.bookingId !== bookingId);
    if (!decide({ ...lock, commitments: others }, slotFacts(slot), deps.packOf(slot), now).ok) return true;
    const result = await deps.store.transact([
      takeShut(slot.slotId, pool.k),
      lockWrite(lock, { commitments: [...others, commitmentOf(bookingId, slot)] }),
      bookingWrite(before, 'reschedule', { now, change: { ...NO_PLACE, ...placeOf(slot, bookingId), pool: pool.k } }),
      moveWrite({ ...move, returnedAt: now, version: move.version + 1 }, move),
      ...(await returnPlaces(deps, [before])),
    ]);
    return result.ok || AGAIN;
  }, deps);
}

/** Takes a place of a pool that is not open yet: whoever had it comes before whoever books next. */
const takeShut = (slotId: string, k: number): DraftItem => ({
  Update: {
    Key: keys.pool(slotId, k),
    UpdateExpression: 'SET #free = #free - :one',
    ConditionExpression: '#free > :zero',
    ExpressionAttributeNames: { '#free': 'free' },
    ExpressionAttributeValues: { ':one': 1, ':zero': 0 },
  },
});
