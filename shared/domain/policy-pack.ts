import type { DonationTestCode, LocalDate, Localized, Mark, Procedure, Sex } from './vocabulary.ts';

/** A rule pack as data. The engine knows only these shapes; each country's figures are in shared/policy. */
export type PolicyPack = {
  readonly id: string;
  readonly version: string;
  readonly name: Localized;
  /** First local date on which the pack holds. */
  readonly effectiveFrom: LocalDate;
  /** First local date on which it no longer does; absent while it is in force. */
  readonly effectiveTo?: LocalDate;
  readonly source: string;
  readonly age: readonly AgeRule[];
  readonly weight: readonly WeightRule[];
  readonly intervals: readonly IntervalRule[];
  readonly caps: readonly CapRule[];
  readonly volumes: readonly VolumeRule[];
  readonly deferrals: readonly DeferralRule[];
  /** Measured at the desk, so shown to staff and never decided on when a place is booked. */
  readonly screening: readonly ScreeningRule[];
  /** What each donation is tested for before any of it is released, besides its group. */
  readonly tests: readonly DonationTest[];
  /** What a donor is asked beforehand, in this order. */
  readonly questions: readonly Question[];
  /** What is only asked at the station, because it is only true on the day. */
  readonly onTheDay: readonly Localized[];
  /** As people there read and type; everything is kept in kg, g/L and °C. */
  readonly units: DisplayUnits;
  readonly honours?: HonourRules;
};

export type DisplayUnits = {
  readonly weight: 'kg' | 'lb';
  readonly haemoglobin: 'g/L' | 'g/dL';
  readonly temperature: '°C' | '°F';
};

export type Sourced = { readonly rule: string; readonly source: string; readonly mark: Mark };
export type Span = { readonly value: number; readonly unit: 'day' | 'week' | 'month' | 'year' };

/** How an upper age is read: to the birthday itself, inclusive, or through the whole year of that age. */
type AgeReading = 'to-birthday' | 'through-year';

/** Every age rule whose `procedure` is absent or the one asked for must hold. */
export type AgeRule = Sourced & {
  readonly procedure?: Procedure;
  readonly minYears: number;
  /** Absent: no upper age. */
  readonly maxYears?: number;
  readonly maxReading: AgeReading;
  /** The upper age is only for those who have never given; absent: for all. */
  readonly maxFor?: 'first-time';
  /** Some may go on past `maxYears`, to this age in the same reading. */
  readonly extended?: Sourced & {
    readonly maxYears: number;
    readonly needs: readonly ('repeat-donor' | 'no-reaction' | 'own-wish')[];
  };
};
type WeightRule = Sourced & { readonly sex?: Sex; readonly procedure?: Procedure; readonly minKg: number };
export type IntervalRule = Sourced & {
  readonly from: Procedure;
  readonly to: Procedure;
  readonly sex?: Sex;
  /** Only after a donation of exactly this volume. */
  readonly fromVolumeMl?: number;
  readonly min: Span;
  /** A shorter interval that a named approver may allow in a single case; never applied without one. */
  readonly override?: Sourced & { readonly min: Span; readonly approver: string };
};
/** The most that may be given within a window. A `rolling` span ends the day a donation is that old. */
export type CapRule = Sourced & {
  readonly group: readonly Procedure[];
  readonly sex?: Sex;
  readonly max: number;
  readonly unit: 'count' | 'ml';
} & ({ readonly window: 'rolling'; readonly span: Span } | { readonly window: 'calendar-year' });
type VolumeRule = Sourced & {
  readonly procedure: Procedure;
  readonly allowed: readonly AllowedVolume[];
};
/** `minMl` and `maxMl` are inclusive; a fixed bag size has both the same. `platelets`: therapeutic units. */
type AllowedVolume = { readonly minMl: number; readonly maxMl: number; readonly platelets?: 1 | 2 };
/** A reason to wait. `after` counts from the day the cause ended; absent means while it lasts, so staff give its end. */
export type DeferralRule = Sourced & {
  readonly code: string;
  readonly label: Localized;
  readonly after?: Span;
  /** Holds for this procedure only. */
  readonly procedure?: Procedure;
};
/** One page of the pre-check: what of this applies, if anything. How the questions are cut is ours, not the standard's. */
export type Question = {
  readonly id: string;
  readonly ask: Localized;
  readonly hint?: Localized;
  /** Asked of this sex only. */
  readonly sex?: Sex;
  readonly options: readonly QuestionOption[];
  /** How long an answer is taken as still true, before it is asked to be confirmed. */
  readonly keeps: Span;
};
/** `when` asks for the day from which the wait counts, `still` is for a cause that has not ended; one of them at least. */
export type QuestionOption = {
  /** Code of the deferral it leads to. */
  readonly code: string;
  readonly label: Localized;
  readonly when?: Localized;
  readonly still?: Localized;
};
/** A measurement with its bounds: `min` inclusive, `below` exclusive, `max` inclusive. */
type ScreeningRule = Sourced & {
  readonly measure: string;
  readonly label: Localized;
  readonly unit: string;
  readonly sex?: Sex;
  readonly procedure?: Procedure;
  readonly min?: number;
  readonly below?: number;
  readonly max?: number;
};

/** A test of the laboratory. `max`: it is measured, and holds up to this figure, inclusive; without one a run is reactive or not. */
export type DonationTest = Sourced & {
  readonly code: DonationTestCode;
  readonly max?: number;
  readonly unit?: string;
  /** Runs without reaction that one reactive run takes to be outweighed; absent: a reactive run is final. */
  readonly repeats?: number;
};

export type HonourRules = Sourced & {
  readonly contribution: readonly { readonly level: 'bronze' | 'silver' | 'gold'; readonly from: number }[];
  readonly timesPer200ml: number;
  readonly timesPerPlateletUnit: number;
  readonly times300ml: { readonly value: number; readonly mark: Mark };
  /** Whether what a donation adds past the gold threshold counts towards the next gold. */
  readonly carryOver: { readonly value: boolean; readonly mark: Mark };
  /** Millilitres a platelet unit stands for in a donor's total. */
  readonly plateletUnitMl: { readonly value: number; readonly mark: Mark };
  readonly lifetimeGolds: number;
};
