import { birthday } from './dates.ts';
import { decideDonation } from './eligibility.ts';
import { hasConsent, isUnderAge, OF_AGE } from './guardian.ts';
import type { PolicyPack } from './policy-pack.ts';
import { isTraining, missingOf, namesOf } from './qualifications.ts';
import type { Commitment, Decision, EligibilityFacts, Refusal, SlotFacts } from './refusal.ts';
import { restWords } from './rest.ts';
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
  else reasons.push(...signUpReasons(slot, now));
  if (live.some((held) => held.startsAt < slot.endsAt && slot.startsAt < held.endsAt))
    reasons.push({ code: 'overlap' });
  if (slot.kind === 'shift') reasons.push(...heldShiftReasons(person.commitments, slot));
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

/**
 * What shifts somebody has taken say against another, those that are over too: rest as long as the one of the two asks that
 * asks for more, and as many of one event as it lets a person take.
 */
function heldShiftReasons(commitments: readonly Commitment[], slot: SlotFacts): readonly Refusal[] {
  const shifts = commitments.filter(({ kind }) => kind === 'shift');
  const near = shifts.find((held) => {
    const rest = Math.max(held.restMinutes ?? 0, slot.restMinutes ?? 0) * MINUTE_MS;
    const gap = Math.max(between(held.endsAt, slot.startsAt), between(slot.endsAt, held.startsAt));
    return gap >= 0 && gap < rest;
  });
  const { mostShifts, eventId, zone } = slot;
  const ofEvent = shifts.filter((held) => eventId !== undefined && held.eventId === eventId).length;
  return [
    ...(near
      ? [
          {
            code: 'rest-needed',
            params: {
              ...restWords(Math.max(near.restMinutes ?? 0, slot.restMinutes ?? 0)),
              at: near.startsAt,
              zone,
            },
          } as const,
        ]
      : []),
    ...(mostShifts !== undefined && ofEvent >= mostShifts
      ? [{ code: 'shift-cap', params: { most: mostShifts } } as const]
      : []),
  ];
}

const MINUTE_MS = 60_000;
const between = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);

/** At the very instant of opening places can be had; at that of closing no longer. */
function signUpReasons({ opensAt, closesAt, zone }: SlotFacts, now: Instant): readonly Refusal[] {
  if (opensAt !== undefined && now < opensAt) return [{ code: 'sign-up-not-open', params: { at: opensAt, zone } }];
  if (closesAt !== undefined && now >= closesAt) return [{ code: 'sign-up-closed' }];
  return [];
}

/** Ages are those on the shift's own date, and so is whether a training still holds. */
function shiftReasons(facts: EligibilityFacts, slot: SlotFacts): readonly Refusal[] {
  const missing = missingOf(slot.needs ?? [], facts.qualifications ?? [], slot.date);
  const ages = ageReasons(facts, slot);
  return [
    // Nobody is to be asked for what would help nothing.
    ...(ages.length > 0 ? ages : guardianReasons(facts, slot)),
    ...(['skill-missing', 'training-missing'] as const).flatMap((code): Refusal[] => {
      const lacking = missing.filter((each) => isTraining(each) === (code === 'training-missing'));
      return lacking.length > 0 ? [{ code, params: namesOf(lacking) }] : [];
    }),
  ];
}

/**
 * Whoever is not of age on the shift's own date serves with an organisation that a guardian has agreed to. How old somebody is
 * that nobody has said cannot be told: then it is asked.
 */
function guardianReasons(facts: EligibilityFacts, slot: SlotFacts): readonly Refusal[] {
  if (slot.organisationId === undefined || hasConsent(facts, slot.organisationId)) return [];
  const { birthDate } = facts;
  if (birthDate === undefined) return slot.isHeld ? [] : [{ code: 'profile-incomplete', rule: OF_AGE_RULE.rule }];
  return isUnderAge(birthDate, slot.date) ? [{ code: 'guardian-needed', ...OF_AGE_RULE }] : [];
}
const OF_AGE_RULE = { rule: 'shift-of-age', mark: OF_AGE.mark } as const;

function ageReasons({ birthDate }: EligibilityFacts, { minAge, maxAge, date }: SlotFacts): readonly Refusal[] {
  if (minAge === undefined && maxAge === undefined) return [];
  if (birthDate === undefined) return [{ code: 'profile-incomplete', rule: 'shift-min-age' }];
  const from = minAge === undefined ? date : birthday(birthDate, minAge);
  if (date < from) return [{ code: 'too-young', rule: 'shift-min-age', from, params: { years: minAge ?? 0 } }];
  // Somebody is of that age until the day before the next birthday.
  const over = maxAge !== undefined && date >= birthday(birthDate, maxAge + 1);
  return over ? [{ code: 'too-old', rule: 'shift-max-age', params: { years: maxAge } }] : [];
}
