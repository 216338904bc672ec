import { opensBlock } from '../../domain/blocks.ts';
import { decide } from '../../domain/decide.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { type Idempotency, wasAccepted } from '../accepted.ts';
import { createBookings, newBooking } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import { createDrives, volunteersShort } from '../drives.ts';
import type { BookingItem, DriveItem, LockItem, PoolItem, SlotItem } from '../items/index.ts';
import { bookingId, keys, parseSlotId } from '../keys.ts';
import { commitmentOf, keptCommitments, type Lock, lockWrite, unpackLock } from '../lock.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { slotFacts, takePlace } from '../slots.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { CLOSED, choosePool, failed, INVITE_NEEDED } from './place.ts';

export type BookAnswer =
  | { readonly kind: 'booked'; readonly booking: BookingItem }
  | { readonly kind: 'refused'; readonly reasons: readonly Refusal[]; readonly slot: SlotItem; readonly lock: Lock }
  | { readonly kind: 'no-slot' }
  | { readonly kind: 'key-reused' };

export type BookInput = {
  readonly personId: string;
  readonly slotId: string;
  readonly idempotency: Idempotency;
  /** Of a work unit for which places are kept. */
  readonly invite?: string | undefined;
  /** Staff book for somebody who calls or stands before them. */
  readonly desk?: DeskBooking | undefined;
};
export type DeskBooking = {
  readonly by: string;
  /** Somebody who is here already: a time that has begun will do. By what they are known is said at check-in, as of anybody. */
  readonly walkIn: boolean;
  /** Written with it: the record of who did it. */
  readonly audit: DraftItem;
};

/**
 * Takes one place in a slot for a person: pool, lock and booking in one transaction, decided on what was read before it
 * and void if any of that has changed. The booking's id comes from the idempotency key, so that a repeat, or a retry
 * whose first try succeeded unseen, meets its own booking and answers with it.
 */
export async function book(deps: EngineDeps, input: BookInput): Promise<BookAnswer> {
  const id = bookingId(input.personId, suffixOf(input.idempotency));
  return await withRetries<BookAnswer>(async (n) => {
    // The first look may be a moment old, which the transaction's conditions make harmless; a refusal never rests on it.
    const glance = n === 0 ? await look(deps, input, false) : undefined;
    const ready = glance && verdict(deps, glance, input);
    if (glance?.slot && glance.lock && ready?.ok) {
      return await attempt(deps, input, id, { ...glance, slot: glance.slot, lock: glance.lock });
    }

    const seen = await look(deps, input, true);
    if (!seen.slot || !seen.lock) return { kind: 'no-slot' };
    const decision = verdict(deps, seen, input);
    if (decision.ok) return await attempt(deps, input, id, { ...seen, slot: seen.slot, lock: seen.lock });
    const own = await createBookings(deps.store).get(id);
    if (own) return repeated(own, input.idempotency);
    return { kind: 'refused', reasons: decision.reasons, slot: seen.slot, lock: seen.lock };
  }, deps);
}

type Seen = {
  slot: SlotItem | undefined;
  lock: Lock | undefined;
  pool: PoolItem | undefined;
  /** Why nobody may book by themselves, by what volunteers have signed up now. */
  short: Refusal | undefined;
};

async function look(
  deps: EngineDeps,
  { slotId, personId, desk }: Pick<BookInput, 'slotId' | 'personId' | 'desk'>,
  consistent: boolean,
): Promise<Seen> {
  const at = desk ? undefined : parseSlotId(slotId);
  const [slot, lock, pool, tie] = (await deps.store.batchGet(
    [
      keys.slot(slotId),
      keys.lock(personId),
      keys.pool(slotId, 0),
      ...(at ? [keys.drive(at.containerId, at.date)] : []),
    ],
    { consistent },
  )) as [SlotItem | undefined, LockItem | undefined, PoolItem | undefined, DriveItem | undefined];
  // The roster is never a moment old, unlike the rest: the transaction has no condition that would find it out.
  const drive = slot?.slotKind === 'donation' ? await createDrives(deps.store).ofTie(tie) : undefined;
  return { slot, lock: lock && unpackLock(lock), pool, short: slot && volunteersShort(drive, slot) };
}

function verdict(
  deps: EngineDeps,
  { slot, lock, short }: Seen,
  { desk, invite }: BookInput,
): ReturnType<typeof decide> {
  if (!slot || !lock) return { ok: false, reasons: [] };
  if (slot.status !== 'open') return { ok: false, reasons: [CLOSED] };
  if (slot.block && !desk && !opensBlock(slot.block, invite, nowOf(deps)))
    return { ok: false, reasons: [INVITE_NEEDED] };
  if (short) return { ok: false, reasons: [short] };
  const { closesAt, ...facts } = slotFacts(slot);
  // Whoever is here need not have signed up before.
  const until = desk?.walkIn ? { joinUntil: slot.endsAt } : closesAt && { closesAt };
  return decide(lock, { ...facts, ...until }, deps.packOf(slot), nowOf(deps));
}

async function attempt(
  deps: EngineDeps,
  input: BookInput,
  id: string,
  { slot, lock, pool }: Seen & { slot: SlotItem; lock: Lock },
): Promise<BookAnswer | typeof AGAIN> {
  const place = await choosePool(deps, slot, pool);
  if ('refusal' in place) {
    const own = await createBookings(deps.store).get(id);
    return own ? repeated(own, input.idempotency) : { kind: 'refused', reasons: [place.refusal], slot, lock };
  }
  const now = nowOf(deps);
  const booking = newBooking({
    bookingId: id,
    personId: input.personId,
    slot,
    pool: place.k,
    firstTime: slot.slotKind === 'donation' && !lock.facts.repeatDonor,
    now,
    idempotency: input.idempotency,
    ...(input.desk && { desk: input.desk }),
  });
  const result = await deps.store.transact([
    takePlace(slot.slotId, place.k),
    lockWrite(lock, { commitments: [...keptCommitments(lock, now), commitmentOf(id, slot)] }),
    {
      Put: {
        Item: { ...keys.booking(id), ...booking },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    ...(input.desk ? [input.desk.audit] : []),
  ]);
  if (result.ok) return { kind: 'booked', booking };
  const [taken, , own] = result.reasons;
  if (failed(own) && own?.item) return repeated(own.item as BookingItem, input.idempotency);
  if (!failed(taken) || own?.code !== 'None') return AGAIN;
  // Someone else had the last place of this pool. Told at once where that was the slot's last: in a rush most callers end
  // here, and to try again would only make the queue longer.
  const left = await choosePool(deps, slot, taken?.item as PoolItem | undefined);
  return 'refusal' in left ? { kind: 'refused', reasons: [left.refusal], slot, lock } : AGAIN;
}

function repeated(own: BookingItem, idem: Idempotency): BookAnswer {
  return wasAccepted(own.accepted, idem) === 'other-input' ? { kind: 'key-reused' } : { kind: 'booked', booking: own };
}

const SUFFIX_LENGTH = 16;
/** Lower-case letters and digits, about 80 bits of the key's digest. */
export const suffixOf = ({ key }: Idempotency): string =>
  [...Buffer.from(key, 'base64url')]
    .map((byte) => (byte % 36).toString(36))
    .join('')
    .slice(0, SUFFIX_LENGTH);
