import { birthday } from './dates.ts';
import { decideDonation } from './eligibility.ts';
import type { PolicyPack } from './policy-pack.ts';
import type { Commitment, Decision, EligibilityFacts, Refusal, SlotFacts } from './refusal.ts';
import type { Instant } from './vocabulary.ts';

export type PersonState = {
  readonly status: 'active' | 'inactive';
  readonly facts: EligibilityFacts;
  readonly commitments: readonly Commitment[];
};

/**
 * The engine's one question: may this person take a place in this slot? Whether the slot has room is the store's to say.
 *
 * `pack` is the slot's policy pack, and is needed for a donation. Commitments that have ended hold nobody; one that is
 * being moved is left out by the caller. A booking is decided again, under new facts, by asking with no commitments.
 */
export function decide(person: PersonState, slot: SlotFacts, pack: PolicyPack | undefined, now: Instant): Decision {
  const live = person.commitments.filter(({ endsAt }) => endsAt > now);
  const reasons: Refusal[] = [];
  if (person.status !== 'active') reasons.push({ code: 'person-inactive' });
  if ((slot.joinUntil ?? slot.startsAt) <= now) reasons.push({ code: 'slot-past' });
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
