import { moveState } from '../../domain/closures.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { createBookings } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import { createClosures, movedBooking, moveFacts, moveWrite } from '../closures.ts';
import type { MoveItem } from '../items/index.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type AcceptMoveAnswer =
  | { readonly kind: 'done'; readonly move: MoveItem }
  | { readonly kind: 'wrong-state' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' };

/** Notes that the place somebody was moved to suits them. The place is theirs already: this ends the asking. */
export async function acceptMove(
  deps: EngineDeps,
  input: {
    closureId: string;
    bookingId: string;
    /** Staff who note it for a caller. */
    by?: string;
    idempotency: Idempotency;
    also?: readonly DraftItem[];
  },
): Promise<AcceptMoveAnswer> {
  return await withRetries<AcceptMoveAnswer>(async () => {
    const move = await createClosures(deps.store).move(input.closureId, input.bookingId);
    const booking = await createBookings(deps.store).get(input.bookingId);
    if (!move || !booking) return { kind: 'not-found' };
    const known = wasAccepted(move.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', move } : { kind: 'key-reused' };
    const now = nowOf(deps);
    const state = moveState(moveFacts(move), movedBooking(booking), [], now);
    // On the page and by phone: the second is satisfied by the first.
    if (state === 'accepted') return { kind: 'done', move };
    if (state !== 'asked' && state !== 'kept') return { kind: 'wrong-state' };
    const after: MoveItem = {
      ...move,
      acceptedAt: now,
      ...(input.by && { acceptedBy: input.by }),
      accepted: accept(move.accepted, input.idempotency),
      version: move.version + 1,
    };
    const result = await deps.store.transact([moveWrite(after, move), ...(input.also ?? [])]);
    return result.ok ? { kind: 'done', move: after } : AGAIN;
  }, deps);
}
