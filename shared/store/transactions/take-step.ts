import { isBookingAllowed, undoableUntil } from '../../domain/booking-states.ts';
import { localDateOf } from '../../domain/local-time.ts';
import { type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import { bookingWrite, createBookings, undoWrite } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import type { BookingItem, DocumentOfItem } from '../items/index.ts';
import { keys, partitions } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type StepAnswer =
  | { readonly kind: 'done'; readonly booking: BookingItem }
  /** Somebody was first: what they did is kept with the booking. */
  | { readonly kind: 'wrong-state' | 'changed' | 'too-late' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' };

type StepInput = { bookingId: string; by: string; auditId: string; idempotency: Idempotency };

/**
 * Notes that the needle is in. Possible on the slot's own local date only, from its first minute to its last. Whoever does it
 * is told who they are, so it is recorded as a read too. How somebody is checked in is in check-in.ts.
 */
export async function begin(deps: EngineDeps, input: StepInput): Promise<StepAnswer> {
  return await stepping(deps, input, 'donation-begun', async (before, now) => {
    if (!isBookingAllowed('begin', before.status)) return { kind: 'wrong-state' };
    if (localDateOf(now, before.zone) !== before.date) return { kind: 'wrong-state' };
    return [bookingWrite(before, 'begin', { now, idempotency: input.idempotency, step: { by: input.by } })];
  });
}

/**
 * Takes back the last step of a booking, as a new write: only the step that the caller saw (`version`), and only for a few
 * minutes after it. A document that became the person's by a check-in that is undone is nobody's again.
 */
export async function undoStep(deps: EngineDeps, input: StepInput & { version: number }): Promise<StepAnswer> {
  return await stepping(deps, input, 'step-undone', async (before, now) => {
    if (before.version !== input.version) return { kind: 'changed' };
    const until = undoableUntil(before.step);
    if (!before.step || !until) return { kind: 'wrong-state' };
    if (now > until) return { kind: 'too-late' };
    const { step, knownBy: _, ...others } = before;
    const undone = step.action === 'check-in' ? others : before;
    return [
      undoWrite({ ...undone, step }, { now, idempotency: input.idempotency, step: { by: input.by } }),
      ...(before.knownBy === 'document' && step.action === 'check-in' ? await unclaims(deps, before) : []),
    ];
  });
}

async function stepping(
  deps: EngineDeps,
  input: StepInput,
  action: string,
  write: (before: BookingItem, now: string) => Promise<StepAnswer | [DraftItem, ...DraftItem[]]>,
): Promise<StepAnswer> {
  return await withRetries<StepAnswer>(async () => {
    const before = await createBookings(deps.store).get(input.bookingId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', booking: before } : { kind: 'key-reused' };
    const now = nowOf(deps);
    const written = await write(before, now);
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
    const result = await deps.store.transact([...written, { Put: audit }]);
    return result.ok ? { kind: 'done', booking: (written[0] as { Put: { Item: BookingItem } }).Put.Item } : AGAIN;
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

/** Takes back what a check-in claimed; what the person had shown before stays theirs. */
async function unclaims({ store }: EngineDeps, { personId, bookingId }: BookingItem): Promise<DraftItem[]> {
  const { items } = await store.query<DocumentOfItem>({
    pk: partitions.documentsOf(personId),
    consistent: true,
    table: 'private',
  });
  return items
    .filter(({ claimedFor }) => claimedFor === bookingId)
    .flatMap(({ index }): DraftItem[] => [
      { Delete: { Key: keys.document(index), table: 'private' } },
      { Delete: { Key: keys.documentOf(personId, index), table: 'private' } },
    ]);
}
