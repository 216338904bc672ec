import type { Refusal } from '../../domain/refusal.ts';
import type { BookingStatus, CancelCause } from '../../domain/vocabulary.ts';
import { type Idempotency, wasAccepted } from '../accepted.ts';
import { bookingWrite, changeableUntil, createBookings } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import type { BookingItem, LockItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { keptCommitments, lockWrite, unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { returnPlaces } from './return-places.ts';

export type ChangeAnswer =
  | { readonly kind: 'done'; readonly booking: BookingItem }
  | { readonly kind: 'refused'; readonly reasons: readonly Refusal[] }
  | { readonly kind: 'wrong-state'; readonly status: BookingStatus }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' };

/** Who of the station changes a booking, and the record of it, written with the change. */
export type DeskChange = { readonly by: string; readonly audit: DraftItem };

/**
 * Ends a booking: its place, the person's commitment and the booking itself in one transaction. The person may do so until
 * the cut-off; any other cause is not held to it. Cancelling what this same key has cancelled answers as it did then, and
 * a cause other than the person's is satisfied by a booking that is cancelled already.
 */
export async function cancel(
  deps: EngineDeps,
  input: {
    bookingId: string;
    cause: CancelCause;
    idempotency?: Idempotency;
    /** The site or event it must still be at: a booking that has moved away meanwhile is `not-found`. */
    at?: string;
    /** Staff do it for whoever asked them: the cut-off, past which people are told to call, does not hold them. */
    desk?: DeskChange | undefined;
  },
): Promise<ChangeAnswer> {
  return await withRetries<ChangeAnswer>(async () => {
    const before = await createBookings(deps.store).get(input.bookingId);
    if (!before || (input.at !== undefined && before.containerId !== input.at)) return { kind: 'not-found' };
    const known = input.idempotency && wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', booking: before } : { kind: 'key-reused' };
    if (before.status === 'cancelled' && !input.idempotency) return { kind: 'done', booking: before };
    if (before.status !== 'booked') return { kind: 'wrong-state', status: before.status };
    const now = nowOf(deps);
    if (input.cause === 'person' && !input.desk && now > changeableUntil(before))
      return { kind: 'refused', reasons: [PAST_CUTOFF] };
    const item = await deps.store.get<LockItem>(keys.lock(before.personId), { consistent: true });
    if (!item) return { kind: 'not-found' };
    const lock = unpackLock(item);
    const write = bookingWrite(before, 'cancel', {
      now,
      ...(input.idempotency && { idempotency: input.idempotency }),
      ...(input.desk && { step: { by: input.desk.by } }),
      change: { cancelCause: input.cause },
    });
    const result = await deps.store.transact([
      lockWrite(lock, {
        commitments: keptCommitments(lock, now).filter(({ bookingId }) => bookingId !== before.bookingId),
      }),
      write,
      ...(await returnPlaces(deps, [before])),
      ...(input.desk ? [input.desk.audit] : []),
    ]);
    if (!result.ok) return AGAIN;
    return { kind: 'done', booking: 'Put' in write ? (write.Put.Item as BookingItem) : before };
  }, deps);
}

export const PAST_CUTOFF: Refusal = { code: 'past-cutoff' };
