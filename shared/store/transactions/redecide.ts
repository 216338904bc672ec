import { decide } from '../../domain/decide.ts';
import type { Commitment, EligibilityFacts } from '../../domain/refusal.ts';
import type { Instant } from '../../domain/vocabulary.ts';
import { bookingWrite } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import type { BookingItem, SlotItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { keptCommitments, type Lock, liveCommitments, lockWrite } from '../lock.ts';
import { ownFacts } from '../slots.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { returnPlaces } from './return-places.ts';

/**
 * What must be released when a person's eligibility facts change: every live booking that the rules would now refuse, with
 * the items that release it, to be written in the same transaction as the facts. `keep` are the commitments that stand.
 * `settled` is a booking the caller ends in its own way (the one being completed or deferred); `leaves`, that its place comes
 * back too: all places are given back together, because they may go to one waiting list.
 */
export async function redecide(
  deps: EngineDeps,
  lock: Lock,
  facts: EligibilityFacts,
  settled?: { readonly booking: BookingItem; readonly leaves: boolean },
): Promise<{ keep: Commitment[]; release: DraftItem[] }> {
  const now = nowOf(deps);
  const kept = keptCommitments(lock, now).filter(({ bookingId }) => bookingId !== settled?.booking.bookingId);
  const live = liveCommitments({ ...lock, commitments: kept }, now);
  const read = (await deps.store.batchGet(
    live.flatMap(({ slotId, bookingId }) => [keys.slot(slotId), keys.booking(bookingId)]),
    { consistent: true },
  )) as (SlotItem | BookingItem | undefined)[];

  // What is over stands.
  const keep: Commitment[] = kept.filter(({ endsAt }) => endsAt <= now);
  const release: DraftItem[] = [];
  const leaving = settled?.leaves ? [settled.booking] : [];
  for (const [n, commitment] of live.entries()) {
    const slot = read[2 * n] as SlotItem | undefined;
    const booking = read[2 * n + 1] as BookingItem | undefined;
    const goes = slot && booking?.status === 'booked' && refusedNow(deps, slot, { ...lock, facts }, now);
    if (!goes) keep.push(commitment);
    else {
      leaving.push(booking);
      release.push(bookingWrite(booking, 'cancel', { now, change: { cancelCause: 'no-longer-eligible' } }));
    }
  }
  return { keep, release: [...release, ...(await returnPlaces(deps, leaving))] };
}

/** The lock under new facts with what must be released for them; nothing where they are the same. */
export async function factsWrite(deps: EngineDeps, lock: Lock, facts: EligibilityFacts): Promise<DraftItem[]> {
  if (JSON.stringify(facts) === JSON.stringify(lock.facts)) return [];
  const { keep, release } = await redecide(deps, lock, facts);
  return [lockWrite(lock, { facts, commitments: keep }), ...release];
}

/** Judged by the facts alone: what else the person holds was decided when it was booked. */
function refusedNow(deps: EngineDeps, slot: SlotItem, person: Lock, now: Instant): boolean {
  if (slot.startsAt <= now) return false;
  return !decide({ ...person, commitments: [] }, ownFacts(slot), deps.packOf(slot), now).ok;
}
