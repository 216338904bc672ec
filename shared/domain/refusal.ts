import type { HeldQualification } from './qualifications.ts';
import type { Instant, LocalDate, Localized, Mark, Procedure, Qualification } from './vocabulary.ts';

/** Every reason the engine may give for refusing a place. The sentence is made at the edge, in the caller's language. */
export const REFUSAL_CODES = [
  // about the person
  'profile-incomplete',
  'too-young',
  'too-old',
  'extended-age-not-open',
  'too-light',
  'deferred',
  'deferred-permanently',
  'own-answers',
  'interval',
  'yearly-cap',
  'person-inactive',
  'skill-missing',
  'training-missing',
  'guardian-needed',
  // about what the person already holds
  'overlap',
  'rest-needed',
  'shift-cap',
  'live-donation-booking',
  // about the slot
  'slot-full',
  'slot-closed',
  'slot-past',
  'sign-up-not-open',
  'sign-up-closed',
  'past-cutoff',
  'invite-needed',
  'volunteers-short',
  // about waiting for a place
  'has-room',
  'wait-too-late',
  // about taking over from somebody
  'cover-over',
  'others-wait',
  'others-first',
  'offer-over',
  // about a team
  'team-full',
  'team-open',
  'team-too-late',
  'team-place-over',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/**
 * One typed reason. `from` is the earliest local date at the site on which it lifts (absent: it does not lift by waiting);
 * `source` and `mark` say where the rule stands. `params` fill the sentence and never hold health data of another person.
 */
export type Refusal = {
  readonly code: RefusalCode;
  readonly rule?: string;
  readonly from?: LocalDate;
  readonly source?: string;
  readonly mark?: Mark;
  readonly params?: Readonly<Record<string, string | number>>;
  /** What the person answered, in the rule's words: for that person's own eyes. */
  readonly cause?: Localized;
};

export type Decision = { readonly ok: true } | { readonly ok: false; readonly reasons: readonly Refusal[] };

/** What the eligibility rules know of a person. Kept in the person's lock, so it is small; nothing here names a diagnosis. */
export type EligibilityFacts = {
  readonly birthDate?: LocalDate;
  readonly sex?: 'female' | 'male';
  readonly weightKg?: number;
  /** Every donation young enough to matter to an interval or a cap, newest last. */
  readonly donations: readonly PastDonation[];
  /** Has ever given blood, however long ago. */
  readonly repeatDonor: boolean;
  /** A reaction to a donation has been recorded. */
  readonly reactionRecorded: boolean;
  /** The donor asked to go on giving past the ordinary upper age. */
  readonly wantsExtendedAge: boolean;
  /** First local date on which a temporary deferral no longer holds. */
  readonly deferredUntil?: LocalDate;
  /** The same for a deferral that concerns one procedure only. */
  readonly deferredUntilFor?: Readonly<Partial<Record<Procedure, LocalDate>>>;
  readonly deferredPermanently?: boolean;
  /** Donations made elsewhere, as the person declared them. They count for intervals and caps like any other. */
  readonly elsewhere?: readonly PastDonation[];
  /** Waits that follow from the person's own answers, by the pack answered for; what staff recorded stands apart. */
  readonly declared?: Readonly<Record<string, DeclaredWaits>>;
  /** Skills and trainings, for the shifts that need one. */
  readonly qualifications?: readonly HeldQualification[];
  /** Organisations with which their guardian lets them serve while they are not of age. */
  readonly guardianFor?: readonly string[];
};

/** The first local date on which a wait is over, or `open` while nobody can say. */
export type Wait = LocalDate | 'open';
/** Dates alone: what they follow from is in the private table. */
export type DeclaredWaits = {
  readonly until?: Wait;
  /** The same for a wait that concerns one procedure only. */
  readonly untilFor?: Readonly<Partial<Record<Procedure, Wait>>>;
};

export type PastDonation = {
  readonly date: LocalDate;
  readonly procedure: Procedure;
  /** Whole blood: millilitres drawn. Platelets: millilitres of platelets and plasma together. */
  readonly volumeMl: number;
  /** Platelets: therapeutic units (治疗单位), 1 or 2. */
  readonly platelets?: 1 | 2;
};

/** One live place a person holds, as kept in the lock. */
export type Commitment = {
  readonly bookingId: string;
  readonly slotId: string;
  readonly kind: 'donation' | 'shift';
  readonly startsAt: string;
  readonly endsAt: string;
  /** Of a shift: its event, and how much rest it asks for before and after it. */
  readonly eventId?: string;
  readonly restMinutes?: number;
};

/** What the rules know of a slot. Instants are UTC; `date` is the slot's local date in `zone`. */
export type SlotFacts = {
  readonly slotId: string;
  readonly kind: 'donation' | 'shift';
  readonly procedure?: Procedure;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly date: LocalDate;
  readonly zone: string;
  readonly minAge?: number;
  readonly maxAge?: number;
  /** Every one of these is needed. */
  readonly needs?: readonly Qualification[];
  /** Whose event a shift is: whoever is not of age serves with a guardian's consent to that organisation. */
  readonly organisationId?: string;
  /** It is theirs already: what has yet to be asked of them is no reason to take it away. */
  readonly isHeld?: true;
  /** The event of a shift, how long somebody rests between it and another, and how many of the event's one person may take. */
  readonly eventId?: string;
  readonly restMinutes?: number;
  readonly mostShifts?: number;
  /** The first instant at which places can be had, and the first at which they no longer can; absent: as long as it is open. */
  readonly opensAt?: Instant;
  readonly closesAt?: Instant;
  /** The last instant at which a place may be taken, for whoever is at the door already; absent: its start. */
  readonly joinUntil?: string;
};
