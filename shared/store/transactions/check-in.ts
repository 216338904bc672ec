import { isBookingAllowed } from '../../domain/booking-states.ts';
import { localDateOf } from '../../domain/local-time.ts';
import { type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import { bookingWrite, createBookings } from '../bookings.ts';
import type { BookingItem } from '../items/index.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type CheckInAnswer =
  | { readonly kind: 'done'; readonly booking: BookingItem }
  | { readonly kind: 'wrong-state' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' };

/**
 * Notes that a donor has come. Possible on the slot's own local date only, from its first minute to its last. Whoever checks
 * somebody in is told who they are, so it is recorded as a read too.
 */
export async function checkIn(
  deps: EngineDeps,
  input: { bookingId: string; by: string; auditId: string; idempotency: Idempotency },
): Promise<CheckInAnswer> {
  return await withRetries<CheckInAnswer>(async () => {
    const before = await createBookings(deps.store).get(input.bookingId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', booking: before } : { kind: 'key-reused' };
    const now = nowOf(deps);
    if (!isBookingAllowed('check-in', before.status)) return { kind: 'wrong-state' };
    if (localDateOf(now, before.zone) !== before.date) return { kind: 'wrong-state' };
    const write = bookingWrite(before, 'check-in', { now, idempotency: input.idempotency });
    const audit = auditItem({
      by: input.by,
      action: 'donor-checked-in',
      scope: before.containerId,
      zone: before.zone,
      at: now,
      subjects: [before.personId],
      id: input.auditId,
    });
    const result = await deps.store.transact([write, { Put: audit }]);
    return result.ok ? { kind: 'done', booking: (write as { Put: { Item: BookingItem } }).Put.Item } : AGAIN;
  }, deps);
}
