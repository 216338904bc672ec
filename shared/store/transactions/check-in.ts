import { isBookingAllowed } from '../../domain/booking-states.ts';
import { decideDonation } from '../../domain/eligibility.ts';
import { differsFrom, type IdentityDocument } from '../../domain/identity-document.ts';
import { localDateOf } from '../../domain/local-time.ts';
import type { EligibilityFacts, Refusal } from '../../domain/refusal.ts';
import type { Instant } from '../../domain/vocabulary.ts';
import { type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import { bookingWrite, createBookings } from '../bookings.ts';
import type { DraftItem, Store } from '../client.ts';
import type { Documents } from '../documents.ts';
import type { BookingItem, LockItem, ProfileItem, SlotItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { type Lock, unpackLock } from '../lock.ts';
import { presentId } from '../merge/merges.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { factsWrite } from './redecide.ts';

/** By what somebody at the desk is known to be the person of the booking. */
export type KnownBy =
  | { readonly key: 'pass' }
  /** `correct`: where the profile says otherwise, it is the document that is right. */
  | {
      readonly key: 'document';
      readonly document: IdentityDocument;
      readonly correct: boolean;
      readonly documents: Documents;
    }
  /** Neither: staff know them, and say how. */
  | { readonly key: 'known'; readonly reason: string };

export type CheckInAnswer =
  | { readonly kind: 'done'; readonly booking: BookingItem }
  | { readonly kind: 'document-differs'; readonly fields: readonly ('birthDate' | 'sex')[] }
  /** With what the document says of its holder, the rules refuse them today. */
  | { readonly kind: 'refused'; readonly reasons: readonly Refusal[] }
  | { readonly kind: 'document-of-another' | 'wrong-state' | 'not-found' | 'key-reused' };

/**
 * Notes that a donor has come, and by what they were known: without a pass, a document or a reason there is no check-in, and
 * without a check-in no completion. Possible on the slot's own local date only, from its first minute to its last. Whoever
 * checks somebody in is told who they are, so it is recorded as a read too. A document that nobody has shown yet becomes the
 * person's in the same transaction, and what it says of them fills in, or corrects, their profile.
 */
export async function checkIn(
  deps: EngineDeps,
  input: { bookingId: string; by: string; auditId: string; idempotency: Idempotency; knownBy: KnownBy },
): Promise<CheckInAnswer> {
  const { knownBy, by } = input;
  return await withRetries<CheckInAnswer>(async () => {
    const before = await createBookings(deps.store).get(input.bookingId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', booking: before } : { kind: 'key-reused' };
    const now = nowOf(deps);
    if (!isBookingAllowed('check-in', before.status)) return { kind: 'wrong-state' };
    if (localDateOf(now, before.zone) !== before.date) return { kind: 'wrong-state' };
    const shown = await showing(deps, before, { knownBy, by, now });
    if ('kind' in shown) return shown;
    const write = bookingWrite(before, 'check-in', {
      now,
      idempotency: input.idempotency,
      change: { knownBy: knownBy.key },
      step: { by },
    });
    const audit = auditItem({
      by,
      action: 'donor-checked-in',
      scope: before.containerId,
      zone: before.zone,
      at: now,
      subjects: [before.personId],
      change: {
        knownBy: knownBy.key,
        ...(knownBy.key === 'known' && { reason: knownBy.reason }),
        ...(shown.corrected.length > 0 && { corrected: shown.corrected.join(' ') }),
      },
      id: input.auditId,
    });
    const result = await deps.store.transact([write, { Put: audit }, ...shown.items]);
    return result.ok ? { kind: 'done', booking: (write as { Put: { Item: BookingItem } }).Put.Item } : AGAIN;
  }, deps);
}

/** What is written beside the check-in for what was shown, or why there is none. */
async function showing(
  deps: EngineDeps,
  booking: BookingItem,
  { knownBy, by, now }: { knownBy: KnownBy; by: string; now: Instant },
): Promise<CheckInAnswer | { items: DraftItem[]; corrected: readonly string[] }> {
  const { personId } = booking;
  const [lockItem, profile] = (await deps.store.batchGet([keys.lock(personId), keys.profile(personId)], {
    consistent: true,
  })) as [LockItem | undefined, ProfileItem | undefined];
  if (!lockItem) return { kind: 'not-found' };
  // Being joined with another, or being forgotten: whoever comes is seen to under what is left.
  if (lockItem.status !== 'active') return { kind: 'wrong-state' };
  const stays: DraftItem[] = [activeCheck(personId)];
  if (knownBy.key !== 'document' || !profile) return { items: stays, corrected: [] };

  const { document, documents } = knownBy;
  const { item } = await documents.find(document);
  if (item && (await presentId(deps.store, item.personId)) !== personId) return { kind: 'document-of-another' };
  const corrected = differsFrom(document, profile);
  if (corrected.length > 0 && !knownBy.correct) return { kind: 'document-differs', fields: corrected };
  const claim = item
    ? []
    : await documents.claim(document, {
        personId,
        staff: by,
        siteId: booking.containerId,
        claimedFor: booking.bookingId,
        now,
      });

  const lock = unpackLock(lockItem);
  const said = {
    ...(document.birthDate && { birthDate: document.birthDate }),
    ...(document.sex && { sex: document.sex }),
  };
  const facts: EligibilityFacts = { ...lock.facts, ...said };
  const refused = corrected.length > 0 ? await refusedToday(deps, booking, facts) : undefined;
  if (refused) return refused;
  const lockItems = await factsWrite(deps, lock, facts);
  return {
    items: [...claim, ...(lockItems.length > 0 ? lockItems : stays), ...profileItems(profile, said)],
    corrected,
  };
}

/** Whoever is too young by their document does not give today, whatever their profile said when they booked. */
async function refusedToday(
  deps: EngineDeps,
  booking: BookingItem,
  facts: Lock['facts'],
): Promise<CheckInAnswer | undefined> {
  const slot = await deps.store.get<SlotItem>(keys.slot(booking.slotId), { consistent: true });
  const pack = slot && deps.packOf(slot);
  if (!pack || !booking.procedure) return undefined;
  const decision = decideDonation(pack, facts, { procedure: booking.procedure, date: booking.date });
  return decision.ok ? undefined : { kind: 'refused', reasons: decision.reasons };
}

/** Whether a person's record is theirs: not being joined with another, nor being forgotten. */
export const isActive = async (store: Store, personId: string): Promise<boolean> =>
  (await store.get<LockItem>(keys.lock(personId), { consistent: true }))?.status === 'active';
/** Holds while it is so. */
export const activeCheck = (personId: string): DraftItem => ({
  ConditionCheck: {
    Key: keys.lock(personId),
    ConditionExpression: '#status = :active',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':active': 'active' },
  },
});

function profileItems(profile: ProfileItem, said: Pick<ProfileItem, 'birthDate' | 'sex'>): DraftItem[] {
  const changed = Object.entries(said).filter(([name, value]) => profile[name as 'sex'] !== value);
  if (changed.length === 0) return [];
  return [
    {
      Update: {
        Key: keys.profile(profile.personId),
        UpdateExpression: `SET ${changed.map(([name]) => `#${name} = :${name}`).join(', ')}, #version = :next`,
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: {
          '#version': 'version',
          ...Object.fromEntries(changed.map(([name]) => [`#${name}`, name])),
        },
        ExpressionAttributeValues: {
          ':version': profile.version,
          ':next': profile.version + 1,
          ...Object.fromEntries(changed.map(([name, value]) => [`:${name}`, value])),
        },
      },
    },
  ];
}
