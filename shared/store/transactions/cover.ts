import { decide } from '../../domain/decide.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { bookingWrite, changeableUntil, createBookings, newBooking } from '../bookings.ts';
import { coverWrite, createCovers } from '../covers.ts';
import type { BookingItem, CoverItem, LockItem, PoolItem, SlotItem } from '../items/index.ts';
import { bookingId, keys, parseSlotId } from '../keys.ts';
import { commitmentOf, keptCommitments, type Lock, lockWrite, unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { heldFacts, poolOpen } from '../slots.ts';
import { suffixOf } from './book.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { CLOSED } from './place.ts';

const OVER: Refusal = { code: 'cover-over' };
const OTHERS_WAIT: Refusal = { code: 'others-wait' };
const OTHERS_FIRST: Refusal = { code: 'others-first' };
const NOBODY_WAITS = 'attribute_not_exists(#waits)';

export type CoverAnswer =
  | { readonly kind: 'done'; readonly cover: CoverItem; readonly booking: BookingItem | undefined }
  | { readonly kind: 'refused'; readonly reasons: readonly Refusal[] }
  | { readonly kind: 'wrong-state' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' };

/**
 * Notes that somebody looks for another to take over their place in a shift; they keep it until one does. Where people wait and
 * there is time to ask them, the place is theirs by their order: then nobody is asked past them.
 */
export async function askCover(
  deps: EngineDeps,
  input: { bookingId: string; open: boolean; code: string; idempotency: Idempotency },
): Promise<CoverAnswer> {
  return await withRetries<CoverAnswer>(async () => {
    const booking = await createBookings(deps.store).get(input.bookingId);
    if (booking?.slotKind !== 'shift') return { kind: 'not-found' };
    const before = await createCovers(deps.store).get(booking.containerId, booking.bookingId);
    const known = before && wasAccepted(before.accepted, input.idempotency);
    if (before && known) return known === 'same' ? { kind: 'done', cover: before, booking } : { kind: 'key-reused' };
    const now = nowOf(deps);
    if (booking.status !== 'booked' || booking.startsAt <= now) return { kind: 'wrong-state' };
    const isTheirs = input.open && now <= changeableUntil(booking);
    if (isTheirs) {
      const pool = await deps.store.get<PoolItem>(keys.pool(booking.slotId, booking.pool), { consistent: true });
      if (pool?.waits) return { kind: 'refused', reasons: [OTHERS_WAIT] };
    }
    const isAsked = before?.status === 'asked' && before.slotId === booking.slotId;
    const cover: CoverItem = {
      kind: 'cover',
      eventId: booking.containerId,
      bookingId: booking.bookingId,
      slotId: booking.slotId,
      status: 'asked',
      open: input.open,
      // Whoever was sent it already can still use it.
      code: isAsked ? before.code : input.code,
      askedAt: isAsked ? before.askedAt : now,
      accepted: accept(before?.accepted ?? [], input.idempotency),
      version: (before?.version ?? 0) + 1,
    };
    const result = await deps.store.transact([
      coverWrite(cover, before, booking.endsAt),
      // The booking that is there to be taken over, not one that has moved or ended since.
      {
        ConditionCheck: {
          Key: keys.booking(booking.bookingId),
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': booking.version },
        },
      },
      ...(isTheirs
        ? [
            {
              ConditionCheck: {
                Key: keys.pool(booking.slotId, booking.pool),
                ConditionExpression: NOBODY_WAITS,
                ExpressionAttributeNames: { '#waits': 'waits' },
              },
            },
          ]
        : []),
    ]);
    return result.ok ? { kind: 'done', cover, booking } : AGAIN;
  }, deps);
}

/** Asks no longer. Somebody who took over a moment ago has: then it is over. */
export async function withdrawCover(
  deps: EngineDeps,
  input: { bookingId: string; eventId: string; idempotency: Idempotency },
): Promise<CoverAnswer> {
  return await withRetries<CoverAnswer>(async () => {
    const before = await createCovers(deps.store).get(input.eventId, input.bookingId);
    if (!before) return { kind: 'not-found' };
    const booking = await createBookings(deps.store).get(input.bookingId);
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', cover: before, booking } : { kind: 'key-reused' };
    if (before.status !== 'asked') return { kind: 'wrong-state' };
    const cover: CoverItem = {
      ...before,
      status: 'withdrawn',
      accepted: accept(before.accepted, input.idempotency),
      version: before.version + 1,
    };
    const result = await deps.store.transact([coverWrite(cover, before, booking?.endsAt ?? nowOf(deps))]);
    return result.ok ? { kind: 'done', cover, booking } : AGAIN;
  }, deps);
}

export type TakeOverAnswer =
  | { readonly kind: 'booked'; readonly booking: BookingItem }
  | { readonly kind: 'refused'; readonly reasons: readonly Refusal[]; readonly slot?: SlotItem; readonly lock?: Lock }
  | { readonly kind: 'no-slot' }
  | { readonly kind: 'key-reused' };

/**
 * Takes over somebody's place in a shift: both locks, both bookings and what was asked in one transaction, so that at no instant
 * neither has it, or both. The pool's count stays as it is. Whether they may is decided as for anybody, but for when sign-up opens
 * and closes, which is about new places. Where people have come to wait since and there is time to ask them, only who was sent the
 * code may: that is between the two.
 */
export async function takeOver(
  deps: EngineDeps,
  input: { personId: string; slotId: string; code?: string | undefined; idempotency: Idempotency },
): Promise<TakeOverAnswer> {
  const id = bookingId(input.personId, suffixOf(input.idempotency));
  const eventId = parseSlotId(input.slotId)?.containerId ?? '';
  return await withRetries<TakeOverAnswer>(async () => {
    const own = await createBookings(deps.store).get(id);
    if (own) {
      return wasAccepted(own.accepted, input.idempotency) === 'other-input'
        ? { kind: 'key-reused' }
        : { kind: 'booked', booking: own };
    }
    const asked = (await createCovers(deps.store).asked(eventId)).filter(
      ({ cover }) =>
        cover.slotId === input.slotId && (input.code === undefined ? cover.open : cover.code === input.code),
    );
    if (asked.length === 0) return { kind: 'refused', reasons: [OVER] };
    const now = nowOf(deps);
    const mayPass = (given: BookingItem): boolean => input.code !== undefined || now > changeableUntil(given);
    const pools = (await deps.store.batchGet(
      asked.map(({ booking: { slotId, pool } }) => keys.pool(slotId, pool)),
      { consistent: true },
    )) as (PoolItem | undefined)[];
    const found = asked.find(({ booking: given }, n) => mayPass(given) || !pools[n]?.waits);
    if (!found) return { kind: 'refused', reasons: [OTHERS_FIRST] };
    const { cover, booking: given } = found;
    const [slot, giver, taker] = (await deps.store.batchGet(
      [keys.slot(input.slotId), keys.lock(given.personId), keys.lock(input.personId)],
      { consistent: true },
    )) as [SlotItem | undefined, LockItem | undefined, LockItem | undefined];
    if (!slot || !giver || !taker) return { kind: 'no-slot' };
    const [from, lock] = [unpackLock(giver), unpackLock(taker)];
    if (slot.status !== 'open') return { kind: 'refused', reasons: [CLOSED], slot, lock };
    const decision = decide(lock, heldFacts(slot), undefined, now);
    if (!decision.ok) return { kind: 'refused', reasons: decision.reasons, slot, lock };
    const booking = newBooking({
      bookingId: id,
      personId: input.personId,
      slot,
      pool: given.pool,
      firstTime: false,
      now,
      idempotency: input.idempotency,
    });
    const result = await deps.store.transact([
      lockWrite(from, {
        commitments: keptCommitments(from, now).filter((held) => held.bookingId !== given.bookingId),
      }),
      lockWrite(lock, { commitments: [...keptCommitments(lock, now), commitmentOf(id, slot)] }),
      bookingWrite(given, 'cancel', { now, change: { cancelCause: 'covered' } }),
      { Put: { Item: { ...keys.booking(id), ...booking }, ConditionExpression: 'attribute_not_exists(pk)' } },
      coverWrite({ ...cover, status: 'taken', version: cover.version + 1 }, cover, given.endsAt),
      poolOpen(slot.slotId, given.pool, !mayPass(given)),
    ]);
    return result.ok ? { kind: 'booked', booking } : AGAIN;
  }, deps);
}
