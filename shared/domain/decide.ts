import { decideDonation } from './eligibility.ts';
import { birthday } from './local-time.ts';
import type { PolicyPack } from './policy-pack.ts';
import type { Commitment, Decision, EligibilityFacts, Refusal, SlotFacts } from './refusal.ts';
import type { Instant, LocalDate, Procedure } from './vocabulary.ts';

export type PersonState = {
  readonly status: 'active' | 'inactive';
  readonly facts: EligibilityFacts;
  readonly commitments: readonly Commitment[];
};

/**
 * The engine's one question: may this person take a place in this slot? Whether the slot has room is the store's to say.
 *
 * `pack` is the slot's policy pack, and is needed for a donation. `ignoreBookingId` names a booking that is being moved,
 * whose commitment therefore does not count.
 */
export function decide(
  person: PersonState,
  slot: SlotFacts,
  pack: PolicyPack | undefined,
  now: Instant,
  { ignoreBookingId }: { readonly ignoreBookingId?: string } = {},
): Decision {
  const live = person.commitments.filter(({ bookingId, endsAt }) => bookingId !== ignoreBookingId && endsAt > now);
  const reasons: Refusal[] = [];
  if (person.status !== 'active') reasons.push({ code: 'person-inactive' });
  if (slot.startsAt <= now) reasons.push({ code: 'slot-past' });
  if (live.some((held) => held.startsAt < slot.endsAt && slot.startsAt < held.endsAt))
    reasons.push({ code: 'overlap' });
  if (slot.kind === 'donation' && live.some(({ kind }) => kind === 'donation')) {
    reasons.push({ code: 'live-donation-booking' });
  }
  reasons.push(
    ...(slot.kind === 'donation' ? donationReasons(person.facts, slot, pack) : shiftReasons(person.facts, slot)),
  );
  return reasons.length === 0 ? { ok: true } : { ok: false, reasons };
}

/** A live donation booking as its item knows it. */
export type HeldDonation = {
  readonly bookingId: string;
  readonly procedure: Procedure;
  readonly date: LocalDate;
  readonly endsAt: Instant;
};

/** Which donation bookings no longer hold under new facts. Those whose time is over are left as they are. */
export function redecide(
  facts: EligibilityFacts,
  held: readonly HeldDonation[],
  pack: PolicyPack,
  now: Instant,
): readonly { readonly bookingId: string; readonly reasons: readonly Refusal[] }[] {
  return held
    .filter(({ endsAt }) => endsAt > now)
    .flatMap(({ bookingId, procedure, date }) => {
      const decision = decideDonation(pack, facts, { procedure, date });
      return decision.ok ? [] : [{ bookingId, reasons: decision.reasons }];
    });
}

function donationReasons(facts: EligibilityFacts, slot: SlotFacts, pack: PolicyPack | undefined): readonly Refusal[] {
  if (!pack || !slot.procedure) throw new TypeError('a donation slot needs its procedure and its policy pack');
  const decision = decideDonation(pack, facts, { procedure: slot.procedure, date: slot.date });
  return decision.ok ? [] : decision.reasons;
}

function shiftReasons({ birthDate }: EligibilityFacts, { minAge, date }: SlotFacts): readonly Refusal[] {
  if (minAge === undefined) return [];
  if (birthDate === undefined) return [{ code: 'profile-incomplete', rule: 'shift-min-age' }];
  const from = birthday(birthDate, minAge);
  return date < from ? [{ code: 'too-young', rule: 'shift-min-age', from, params: { years: minAge } }] : [];
}
