import { decide } from '../../domain/decide.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Instant, WaitStatus } from '../../domain/vocabulary.ts';
import { isInLine, type WaitAction } from '../../domain/waitlist.ts';
import { type Idempotency, wasAccepted } from '../accepted.ts';
import { newBooking } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import type { LockItem, SlotItem, WaitItem, WaitLineItem, WaitOffer } from '../items/index.ts';
import { bookingId, keys, parseSlotId } from '../keys.ts';
import { commitmentOf, keptCommitments, type Lock, lockWrite, unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { slotFacts } from '../slots.ts';
import { createWaits, lineWrite, OFFER_OVER, poolMove, waitAfter, waitWrite } from '../waits.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { CLOSED } from './place.ts';

export type WaitAnswer =
  | { readonly kind: 'done'; readonly wait: WaitItem }
  | {
      readonly kind: 'refused';
      readonly reasons: readonly Refusal[];
      readonly slot?: SlotItem;
      readonly lock?: Lock;
    }
  | { readonly kind: 'wrong-state'; readonly status: WaitStatus }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' };

type Input = {
  readonly waitId: string;
  readonly personId: string;
  readonly idempotency: Idempotency;
  /** Written in the same transaction: who did it for a caller. */
  readonly also?: readonly DraftItem[];
};

/**
 * Takes the place that is offered: the pool's held place, the person's lock, the booking, the wait and its line in one
 * transaction. Whether they may is decided again, under what is known of them now. Accepting twice, on the page and by
 * phone, is one booking.
 */
export async function acceptOffer(deps: EngineDeps, input: Input): Promise<WaitAnswer> {
  return await withRetries<WaitAnswer>(async () => {
    const seen = await look(deps, input, 'accept');
    if ('kind' in seen) return seen;
    const { wait, line, now } = seen;
    const { offer } = wait;
    if (!offer || offer.until <= now) return { kind: 'refused', reasons: [OFFER_OVER] };
    const [slot, lockItem] = (await deps.store.batchGet([keys.slot(offer.slotId), keys.lock(input.personId)], {
      consistent: true,
    })) as [SlotItem | undefined, LockItem | undefined];
    if (!slot || !lockItem) return { kind: 'not-found' };
    const lock = unpackLock(lockItem);
    const id = bookingId(input.personId, suffixOf(offer));
    // Accepted between the two reads, by the other of page and phone: the wait says so now.
    if (lock.commitments.some((held) => held.bookingId === id)) return AGAIN;
    if (slot.status !== 'open') return { kind: 'refused', reasons: [CLOSED], slot, lock };
    const decision = decide(lock, slotFacts(slot), deps.packOf(slot), now);
    if (!decision.ok) return { kind: 'refused', reasons: decision.reasons, slot, lock };

    const booking = newBooking({
      bookingId: id,
      personId: input.personId,
      slot,
      pool: offer.pool,
      firstTime: slot.slotKind === 'donation' && !lock.facts.repeatDonor,
      now,
      idempotency: input.idempotency,
    });
    const after = waitAfter(wait, 'accept', {
      now,
      idempotency: input.idempotency,
      change: { bookingId: booking.bookingId },
    });
    const result = await deps.store.transact([
      poolMove(slot.slotId, offer.pool, 'held', 'taken'),
      lockWrite(lock, { commitments: [...keptCommitments(lock, now), commitmentOf(booking.bookingId, slot)] }),
      {
        Put: {
          Item: { ...keys.booking(booking.bookingId), ...booking },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      waitWrite(wait, after, 'accept'),
      lineWrite(wait, line, line?.wakeAt),
      ...(input.also ?? []),
    ]);
    return result.ok ? { kind: 'done', wait: after } : AGAIN;
  }, deps);
}

/** Unlike any other booking's: an offer is of one instant. */
const suffixOf = ({ at, code }: WaitOffer): string => `w${Date.parse(at).toString(36)}${code}`;

/** Lets the offered place go to the next. Whoever waits for any time that day waits on for the others. */
export async function declineOffer(deps: EngineDeps, input: Input): Promise<WaitAnswer> {
  return await end(deps, input, (wait) => (wait.slotId === undefined ? 'pass' : 'decline'));
}

/** Leaves the line; an offer that is open passes on. */
export async function leaveWait(deps: EngineDeps, input: Input): Promise<WaitAnswer> {
  return await end(deps, input, () => 'leave');
}

async function end(deps: EngineDeps, input: Input, actionOf: (wait: WaitItem) => WaitAction): Promise<WaitAnswer> {
  return await withRetries<WaitAnswer>(async () => {
    const seen = await look(deps, input, actionOf);
    if ('kind' in seen) return seen;
    const { wait, line, now } = seen;
    const action = actionOf(wait);
    if (action !== 'leave' && (wait.offer?.until ?? '') <= now) return { kind: 'refused', reasons: [OFFER_OVER] };
    const after = afterEnd(wait, action, now, input.idempotency);
    const result = await deps.store.transact([
      waitWrite(wait, after, action),
      // What was held is to be given on at once.
      lineWrite(wait, line, wait.status === 'offered' ? now : line?.wakeAt),
      ...(input.also ?? []),
    ]);
    return result.ok ? { kind: 'done', wait: after } : AGAIN;
  }, deps);
}

function afterEnd(wait: WaitItem, action: WaitAction, now: Instant, idempotency: Idempotency): WaitItem {
  const after = waitAfter(wait, action, { now, idempotency });
  if (action !== 'pass' || !wait.offer) return after;
  const { offer: _, ...rest } = after;
  return { ...rest, notSlots: [...wait.notSlots, wait.offer.slotId] };
}

type Seen = { readonly wait: WaitItem; readonly line: WaitLineItem | undefined; readonly now: Instant };

/**
 * The wait and its line, or the answer that ends the call before anything is decided. The line is read first: whatever happens
 * in it from then on is seen in the wait, or refused with the line.
 */
async function look(
  deps: EngineDeps,
  { waitId, personId, idempotency }: Input,
  action: 'accept' | ((wait: WaitItem) => WaitAction),
): Promise<Seen | WaitAnswer> {
  const { containerId = '', date = '' } = parseSlotId(waitId) ?? {};
  const line = await deps.store.get<WaitLineItem>(keys.waitLine(containerId, date), { consistent: true });
  const wait = await createWaits(deps.store).get(waitId, personId);
  if (!wait) return { kind: 'not-found' };
  const known = wasAccepted(wait.accepted, idempotency);
  if (known) return known === 'same' ? { kind: 'done', wait } : { kind: 'key-reused' };
  const leaves = action !== 'accept' && action(wait) === 'leave';
  if (action === 'accept' && wait.status === 'accepted') return { kind: 'done', wait };
  if (wait.status === 'lapsed' && !leaves) return { kind: 'refused', reasons: [OFFER_OVER] };
  if (leaves ? !isInLine(wait.status) : wait.status !== 'offered') return { kind: 'wrong-state', status: wait.status };
  return { wait, line, now: nowOf(deps) };
}
