import { type BookingAction, isBookingAllowed, undoableUntil } from '../../domain/booking-states.ts';
import { localDateOf } from '../../domain/local-time.ts';
import { type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import { bookingWrite, createBookings, undoWrite } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import type { BookingItem } from '../items/index.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type StepAnswer =
  | { readonly kind: 'done'; readonly booking: BookingItem }
  /** Somebody was first: what they did is kept with the booking. */
  | { readonly kind: 'wrong-state' | 'changed' | 'too-late' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' };

type StepInput = { bookingId: string; by: string; auditId: string; idempotency: Idempotency };

/** Steps of the board that write nothing but where the booking stands, and what the record calls them. */
const RECORDED = { 'check-in': 'donor-checked-in', begin: 'donation-begun' } as const satisfies Partial<
  Record<BookingAction, string>
>;

/**
 * Notes that a donor has come, or that the needle is in. Possible on the slot's own local date only, from its first minute to
 * its last. Whoever does it is told who they are, so it is recorded as a read too.
 */
export async function takeStep(
  deps: EngineDeps,
  input: StepInput & { action: keyof typeof RECORDED },
): Promise<StepAnswer> {
  return await stepping(deps, input, RECORDED[input.action], (before, now) => {
    if (!isBookingAllowed(input.action, before.status)) return { kind: 'wrong-state' };
    if (localDateOf(now, before.zone) !== before.date) return { kind: 'wrong-state' };
    return bookingWrite(before, input.action, { now, idempotency: input.idempotency, step: { by: input.by } });
  });
}

/**
 * Takes back the last step of a booking, as a new write: only the step that the caller saw (`version`), and only for a few
 * minutes after it.
 */
export async function undoStep(deps: EngineDeps, input: StepInput & { version: number }): Promise<StepAnswer> {
  return await stepping(deps, input, 'step-undone', (before, now) => {
    if (before.version !== input.version) return { kind: 'changed' };
    const until = undoableUntil(before.step);
    if (!before.step || !until) return { kind: 'wrong-state' };
    if (now > until) return { kind: 'too-late' };
    const { step } = before;
    return undoWrite({ ...before, step }, { now, idempotency: input.idempotency, step: { by: input.by } });
  });
}

async function stepping(
  deps: EngineDeps,
  input: StepInput,
  action: string,
  write: (before: BookingItem, now: string) => StepAnswer | DraftItem,
): Promise<StepAnswer> {
  return await withRetries<StepAnswer>(async () => {
    const before = await createBookings(deps.store).get(input.bookingId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', booking: before } : { kind: 'key-reused' };
    const now = nowOf(deps);
    const written = write(before, now);
    if ('kind' in written) return written;
    const audit = auditItem({
      by: input.by,
      action,
      scope: before.containerId,
      zone: before.zone,
      at: now,
      subjects: [before.personId],
      ...(action === 'step-undone' && { change: { undone: before.step?.action ?? '' } }),
      id: input.auditId,
    });
    const result = await deps.store.transact([written, { Put: audit }]);
    return result.ok ? { kind: 'done', booking: (written as { Put: { Item: BookingItem } }).Put.Item } : AGAIN;
  }, deps);
}

/** Whom the record names where a rule acted and nobody of the station. */
const BY_RULE = 'rule';

/**
 * Notes that somebody did not come: by the rule, once their time is over, and only while nobody has checked them in. Done again
 * it does nothing. Whether it was noted now.
 */
export async function markNoShow(deps: EngineDeps, input: { bookingId: string; auditId: string }): Promise<boolean> {
  return await withRetries<boolean>(async () => {
    const before = await createBookings(deps.store).get(input.bookingId);
    const now = nowOf(deps);
    if (!before || !isBookingAllowed('no-show', before.status) || before.endsAt > now) return false;
    // What the station took back by hand is not marked again by a rule.
    if (before.step?.action === 'undo' && before.step.from === 'noshow') return false;
    const audit = auditItem({
      by: BY_RULE,
      action: 'no-show-marked',
      scope: before.containerId,
      zone: before.zone,
      at: now,
      subjects: [before.personId],
      id: input.auditId,
    });
    const { ok } = await deps.store.transact([bookingWrite(before, 'no-show', { now, step: {} }), { Put: audit }]);
    return ok ? true : AGAIN;
  }, deps);
}
