import type { LocalDate, Localized, Mark, Procedure, Sex } from './vocabulary.ts';

/** A rule pack as data. The engine knows only these shapes; each country's figures are in shared/policy. */
export type PolicyPack = {
  readonly id: string;
  readonly version: string;
  readonly name: Localized;
  readonly effectiveFrom: LocalDate;
  readonly effectiveTo?: LocalDate;
  readonly source: string;
  readonly age: AgeRule;
  readonly weight: readonly WeightRule[];
  readonly intervals: readonly IntervalRule[];
  readonly caps: readonly CapRule[];
  readonly volumes: readonly VolumeRule[];
  readonly deferrals: readonly DeferralRule[];
  readonly honours?: HonourRules;
};

export type Sourced = { readonly rule: string; readonly source: string; readonly mark: Mark };
export type Span = { readonly value: number; readonly unit: 'day' | 'week' | 'month' | 'year' };

export type AgeRule = Sourced & {
  readonly minYears: number;
  /** The last age at which anyone may give: 55 means up to the day before the 56th birthday unless `maxExclusiveBirthday`. */
  readonly maxYears: number;
  /** How `maxYears` is read: until the birthday itself (inclusive), or through the whole year of that age. */
  readonly maxReading: 'to-birthday' | 'through-year';
  readonly extended?: Sourced & {
    readonly maxYears: number;
    readonly needs: readonly ('repeat-donor' | 'no-reaction' | 'own-wish')[];
  };
};
export type WeightRule = Sourced & { readonly sex?: Sex; readonly procedure?: Procedure; readonly minKg: number };
export type IntervalRule = Sourced & {
  readonly from: Procedure;
  readonly to: Procedure;
  readonly sex?: Sex;
  readonly fromVolumeMl?: number;
  readonly min: Span;
  readonly override?: { readonly min: Span; readonly approver: string };
};
export type CapRule = Sourced & {
  readonly group: readonly Procedure[];
  readonly sex?: Sex;
  readonly max: number;
  readonly unit: 'count' | 'ml';
  readonly window: 'rolling' | 'calendar';
  readonly span: Span;
};
export type VolumeRule = Sourced & {
  readonly procedure: Procedure;
  readonly allowed: readonly { readonly volumeMl?: number; readonly platelets?: 1 | 2 }[];
};
/** A reason to wait. `after` counts from the day the cause ended; absent means permanent. */
export type DeferralRule = Sourced & { readonly code: string; readonly label: Localized; readonly after?: Span };

export type HonourRules = Sourced & {
  readonly contribution: readonly { readonly level: 'bronze' | 'silver' | 'gold'; readonly from: number }[];
  readonly timesPer200ml: number;
  readonly timesPerPlateletUnit: number;
  readonly times300ml: { readonly value: number; readonly mark: Mark };
  readonly carryOver: { readonly value: boolean; readonly mark: Mark };
  readonly lifetimeGolds: number;
};
