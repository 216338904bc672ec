import { opensBlock } from '../../domain/blocks.ts';
import { decide } from '../../domain/decide.ts';
import { type Idempotency, wasAccepted } from '../accepted.ts';
import { bookingWrite, changeableUntil, createBookings, placeOf } from '../bookings.ts';
import { createDrives, volunteersShort } from '../drives.ts';
import type { BookingItem, LockItem, PoolItem, SlotItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { commitmentOf, keptCommitments, type Lock, lockWrite, unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { slotFacts, takePlace } from '../slots.ts';
import { type ChangeAnswer, type DeskChange, PAST_CUTOFF } from './cancel.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { CLOSED, choosePool, failed, INVITE_NEEDED } from './place.ts';
import { returnPlaces } from './return-places.ts';

export type RescheduleAnswer =
  | Exclude<ChangeAnswer, { kind: 'refused' }>
  | (Extract<ChangeAnswer, { kind: 'refused' }> & { readonly slot?: SlotItem; readonly lock?: Lock })
  | { readonly kind: 'no-slot' }
  /** A donation cannot become a shift, nor a shift a donation. */
  | { readonly kind: 'other-kind' };

/**
 * Moves a booking to another slot: the new place, the old place, the lock and the booking in one transaction, so that the
 * old place is never lost without the new one being held.
 */
export async function reschedule(
  deps: EngineDeps,
  input: {
    bookingId: string;
    slotId: string;
    idempotency: Idempotency;
    invite?: string | undefined;
    desk?: DeskChange | undefined;
  },
): Promise<RescheduleAnswer> {
  return await withRetries<RescheduleAnswer>(async () => {
    const before = await createBookings(deps.store).get(input.bookingId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', booking: before } : { kind: 'key-reused' };
    if (before.status !== 'booked') return { kind: 'wrong-state', status: before.status };
    if (before.slotId === input.slotId) return { kind: 'done', booking: before };
    const now = nowOf(deps);
    if (!input.desk && now > changeableUntil(before)) return { kind: 'refused', reasons: [PAST_CUTOFF] };

    const [slot, item, pool] = (await deps.store.batchGet(
      [keys.slot(input.slotId), keys.lock(before.personId), keys.pool(input.slotId, 0)],
      { consistent: true },
    )) as [SlotItem | undefined, LockItem | undefined, PoolItem | undefined];
    if (!slot || !item) return { kind: 'no-slot' };
    if (slot.slotKind !== before.slotKind) return { kind: 'other-kind' };
    const lock = unpackLock(item);
    const others = keptCommitments(lock, now).filter(({ bookingId }) => bookingId !== before.bookingId);
    if (slot.status !== 'open') return { kind: 'refused', reasons: [CLOSED], slot, lock };
    if (slot.block && !input.desk && !opensBlock(slot.block, input.invite, now)) {
      return { kind: 'refused', reasons: [INVITE_NEEDED], slot, lock };
    }
    // A place at another time is a new one; the one that is held stays, whatever volunteers do.
    const short = input.desk ? undefined : volunteersShort(await createDrives(deps.store).ofSlot(slot), slot);
    if (short) return { kind: 'refused', reasons: [short], slot, lock };
    const decision = decide({ ...lock, commitments: others }, slotFacts(slot), deps.packOf(slot), now);
    if (!decision.ok) return { kind: 'refused', reasons: decision.reasons, slot, lock };
    const place = await choosePool(deps, slot, pool);
    if ('refusal' in place) return { kind: 'refused', reasons: [place.refusal], slot, lock };

    const write = bookingWrite(before, 'reschedule', {
      now,
      idempotency: input.idempotency,
      ...(input.desk && { step: { by: input.desk.by } }),
      change: { ...NO_PLACE, ...placeOf(slot, before.bookingId), pool: place.k },
    });
    const result = await deps.store.transact([
      takePlace(slot.slotId, place.k),
      lockWrite(lock, {
        commitments: [...others, commitmentOf(before.bookingId, slot)],
      }),
      write,
      ...(await returnPlaces(deps, [before])),
      ...(input.desk ? [input.desk.audit] : []),
    ]);
    if (result.ok) return { kind: 'done', booking: 'Put' in write ? (write.Put.Item as BookingItem) : before };
    const [taken, , own] = result.reasons;
    if (!failed(taken) || own?.code !== 'None') return AGAIN;
    // Someone else had the last place of this pool: told at once where that was the slot's last.
    const left = await choosePool(deps, slot, taken?.item as PoolItem | undefined);
    return 'refusal' in left ? { kind: 'refused', reasons: [left.refusal], slot, lock } : AGAIN;
  }, deps);
}

/** What a new slot may lack, so that nothing of the old one stays. */
export const NO_PLACE = { procedure: undefined, shiftId: undefined, role: undefined, closure: undefined } as object;
