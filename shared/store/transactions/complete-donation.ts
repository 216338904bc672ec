import { isBookingAllowed } from '../../domain/booking-states.ts';
import { applyDonation, decideDonation, volumeAllowed } from '../../domain/eligibility.ts';
import type { PolicyPack } from '../../domain/policy-pack.ts';
import type { PastDonation, Refusal } from '../../domain/refusal.ts';
import { UNIT_SETTINGS } from '../../domain/unit-settings.ts';
import { collectedComponent, INITIAL_STAGE } from '../../domain/unit-stages.ts';
import type { Instant, Procedure } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { bookingWrite, createBookings } from '../bookings.ts';
import type { DraftItem } from '../client.ts';
import { createDonations } from '../donations.ts';
import type { BookingItem, DinItem, DonationItem, LockItem, Reaction, SiteItem, UnitItem } from '../items/index.ts';
import { indexes, keys } from '../keys.ts';
import { lockWrite, unpackLock } from '../lock.ts';
import { reactionWrite } from '../reactions.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { stepItem } from '../units.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { expiryBySetting } from './move-unit.ts';
import { failed } from './place.ts';
import { redecide } from './redecide.ts';

/** What was drawn, as staff recorded it. `din` is the stored form. */
export type Drawn = {
  readonly bookingId: string;
  readonly din: string;
  readonly procedure: Procedure;
  readonly volumeMl: number;
  readonly platelets?: 1 | 2 | undefined;
  readonly reaction: boolean;
  /** What it was; a day on paper says only whether. */
  readonly detail?: Reaction | undefined;
};

export type CompleteAnswer =
  | { readonly kind: 'done'; readonly din: DinItem; readonly reaction: boolean }
  | { readonly kind: 'refused'; readonly reasons: readonly Refusal[] }
  | {
      readonly kind:
        | 'screening-missing'
        | 'din-taken'
        | 'volume-not-allowed'
        | 'wrong-state'
        | 'not-found'
        | 'key-reused';
    };

/** Id of the first unit of a donation; what is made of it takes this as its beginning. */
const FIRST_UNIT: Record<Procedure, string> = { 'whole-blood': 'wb', platelets: 'plt' };

const absent = 'attribute_not_exists(pk)';

/**
 * Marks a checked-in donation complete, in one transaction: the booking, the donation number (which must be new), the
 * donor's record, the first unit with its first step, and the lock, whose facts now keep the donor from coming back too
 * soon. A booking made meanwhile that those facts refuse is released with it.
 */
export async function completeDonation(
  deps: EngineDeps,
  site: SiteItem,
  input: Drawn & { by: string; idempotency: Idempotency },
): Promise<CompleteAnswer> {
  return await withRetries<CompleteAnswer>(async () => {
    const booking = await createBookings(deps.store).get(input.bookingId);
    if (!booking) return { kind: 'not-found' };
    const known = wasAccepted(booking.accepted, input.idempotency);
    if (known) return known === 'same' ? await asRecorded(deps, booking, input) : { kind: 'key-reused' };
    if (!isBookingAllowed('complete', booking.status)) return { kind: 'wrong-state' };
    if (site.screening !== 'paper' && !booking.screenedAt) return { kind: 'screening-missing' };
    const pack = deps.packOf({ pack: site.pack, date: booking.date });
    if (!pack) return { kind: 'not-found' };
    const given: PastDonation = {
      date: booking.date,
      procedure: input.procedure,
      volumeMl: input.volumeMl,
      ...(input.platelets && { platelets: input.platelets }),
    };
    if (!volumeAllowed(pack, given)) return { kind: 'volume-not-allowed' };
    const item = await deps.store.get<LockItem>(keys.lock(booking.personId), { consistent: true });
    if (!item) return { kind: 'not-found' };
    return await recordDonation(deps, site, pack, { booking, lock: unpackLock(item), given, input });
  }, deps);
}

/** What a donation is recorded on: the booking and the lock as read, and of a day on paper when it really was. */
export type Ready = {
  booking: BookingItem;
  lock: ReturnType<typeof unpackLock>;
  given: PastDonation;
  input: Drawn & { by: string; idempotency: Idempotency };
  /** Taken at another instant than now, entered late; `also` is written with it. */
  paper?: { at: Instant; isNew: boolean; also: readonly DraftItem[] };
};

/** Writes a donation whole, or says why not; what was read has to stand still. */
export async function recordDonation(
  deps: EngineDeps,
  site: SiteItem,
  pack: PolicyPack,
  { booking, lock, given, input, paper }: Ready,
): Promise<CompleteAnswer | typeof AGAIN> {
  // Booked for one procedure, given by another: the rules are asked about what is given.
  // What is on paper has happened.
  if (input.procedure !== booking.procedure && !paper) {
    const decision = decideDonation(pack, lock.facts, given);
    if (!decision.ok) return { kind: 'refused', reasons: decision.reasons };
  }
  const now = nowOf(deps);
  const facts = applyDonation(pack, lock.facts, given, input.reaction);
  const { keep, release } = await redecide(deps, lock, facts, { booking, leaves: false });
  const items = recordItems(site, booking, given, input, now, paper?.at);
  const result = await deps.store.transact([
    { Put: { Item: { ...keys.din(input.din), ...items.din }, ConditionExpression: absent } },
    bookingWrite(booking, 'complete', {
      now,
      idempotency: input.idempotency,
      step: { by: input.by, ...(paper && { at: paper.at }) },
      ...(paper && { late: { at: now, by: input.by }, isNew: paper.isNew }),
      change: { din: input.din, ...(paper && { knownBy: booking.knownBy ?? 'paper' }) },
    }),
    lockWrite(lock, { facts, commitments: keep }),
    ...items.others,
    ...release,
    ...(input.reaction && input.detail
      ? [reactionWrite({ din: input.din, n: 1, reaction: input.detail, by: input.by, at: now })]
      : []),
    ...(paper?.also ?? []),
  ]);
  if (result.ok) return { kind: 'done', din: items.din, reaction: input.reaction };
  const taken = result.reasons[0];
  // Another's donation has the number. Our own would mean that this write, or a colleague's of the same booking, stands.
  if (failed(taken) && taken?.item?.['bookingId'] !== booking.bookingId) return { kind: 'din-taken' };
  return AGAIN;
}

function recordItems(
  site: SiteItem,
  booking: BookingItem,
  { date, ...drawn }: PastDonation,
  { din, by, reaction, idempotency }: Ready['input'],
  now: Instant,
  takenAt: Instant = now,
): { din: DinItem; others: DraftItem[] } {
  const { personId, bookingId, zone } = booking;
  const donation: DonationItem = {
    kind: 'donation',
    din,
    personId,
    siteId: site.siteId,
    siteName: site.name,
    date,
    ...drawn,
    reaction,
    bookingId,
  };
  const unit: UnitItem = {
    kind: 'unit',
    din,
    unitId: FIRST_UNIT[drawn.procedure],
    personId,
    siteId: site.siteId,
    component: collectedComponent(drawn.procedure),
    stage: INITIAL_STAGE.collected,
    ...expiryBySetting(site.units ?? UNIT_SETTINGS, collectedComponent(drawn.procedure), { date, zone }),
    changedAt: takenAt,
    accepted: [],
    version: 1,
  };
  return {
    din: {
      kind: 'din',
      din,
      personId,
      siteId: site.siteId,
      date,
      zone,
      ...drawn,
      bookingId,
      collectedAt: takenAt,
      recordedBy: by,
      ...(takenAt !== now && { enteredAt: now }),
      accepted: accept([], idempotency),
      gsi1pk: indexes.donated(site.siteId, date),
      gsi1sk: indexes.donatedSort(takenAt, din),
    },
    others: [
      { Put: { Item: { ...keys.donation(personId, date, din), ...donation }, ConditionExpression: absent } },
      { Put: { Item: { ...keys.unit(din, unit.unitId), ...unit }, ConditionExpression: absent } },
      stepItem(unit, { action: 'collect', by }),
    ],
  };
}

/** What the first call of a repeated one recorded. */
async function asRecorded(deps: EngineDeps, booking: BookingItem, { reaction }: Drawn): Promise<CompleteAnswer> {
  const din = booking.din ? await createDonations(deps.store).byDin(booking.din) : undefined;
  return din ? { kind: 'done', din, reaction } : { kind: 'wrong-state' };
}
