import type { PolicyPack, Sourced } from './policy-pack.ts';
import type { Localized, Procedure, Sex } from './vocabulary.ts';

/** What is measured at the chair. Kept in kg, mmHg, beats a minute, g/L, a fraction and 10⁹ a litre, however it is typed. */
export const MEASURES = [
  'weight',
  'systolic',
  'diastolic',
  'pulse',
  'haemoglobin',
  'haematocrit',
  'platelets',
] as const;
export type Measure = (typeof MEASURES)[number];
export type Measures = Readonly<Partial<Record<Measure, number | undefined>>>;

/** Outside these a figure is a slip of the finger, whoever it is of. */
export const MEASURE_BOUNDS: Readonly<Record<Measure, readonly [number, number]>> = {
  weight: [20, 300],
  systolic: [50, 260],
  diastolic: [20, 180],
  pulse: [20, 250],
  haemoglobin: [30, 260],
  haematocrit: [0.1, 0.75],
  platelets: [10, 1500],
};

/** One bound of the pack that holds for this donor and procedure: `min` and `max` inclusive, `below` exclusive. */
export type Check = Sourced & {
  /** `pulse-pressure` is the difference of the two pressures. */
  readonly measure: Measure | 'pulse-pressure';
  readonly label: Localized;
  readonly unit: string;
  readonly min?: number | undefined;
  readonly below?: number | undefined;
  readonly max?: number | undefined;
};

const WEIGHT: Localized = { zh: '体重', en: 'Weight' };

/**
 * What the pack asks of somebody who is to give. Of a sex that is not known every rule is asked, so that the strictest decides. An
 * endurance athlete's pulse has bounds of its own where the pack has them.
 */
export function screeningChecks(
  pack: Pick<PolicyPack, 'screening' | 'weight'>,
  {
    sex,
    procedure,
    athlete,
  }: { readonly sex?: Sex | undefined; readonly procedure: Procedure; readonly athlete: boolean },
): Check[] {
  const applies = (rule: { readonly sex?: Sex; readonly procedure?: Procedure }): boolean =>
    (rule.sex === undefined || sex === undefined || rule.sex === sex) &&
    (rule.procedure === undefined || rule.procedure === procedure);
  const weight = pack.weight.filter(applies).map(({ rule, source, mark, minKg }) => ({
    rule,
    source,
    mark,
    measure: 'weight' as const,
    label: WEIGHT,
    unit: 'kg',
    min: minKg,
  }));
  const ofAthletes = pack.screening.some(({ measure }) => measure === 'pulse-athlete');
  const skipped = athlete && ofAthletes ? 'pulse' : 'pulse-athlete';
  const measured = pack.screening
    .filter((rule) => applies(rule) && rule.measure !== skipped)
    .flatMap(({ sex: _sex, procedure: _procedure, measure, ...rule }) => {
      const name = measure === 'pulse-athlete' ? 'pulse' : measure;
      return isChecked(name) ? [{ ...rule, measure: name }] : [];
    });
  return [...weight, ...measured];
}

const isChecked = (name: string): name is Check['measure'] =>
  name === 'pulse-pressure' || (MEASURES as readonly string[]).includes(name);

/** What has to be measured for the checks, in its usual order. */
export const measuresFor = (checks: readonly Pick<Check, 'measure'>[]): Measure[] =>
  MEASURES.filter((measure) =>
    checks.some(
      (check) =>
        check.measure === measure ||
        (check.measure === 'pulse-pressure' && (measure === 'systolic' || measure === 'diastolic')),
    ),
  );

/** The figure a check is about; undefined while it is not all there. */
export function checkedValue({ measure }: Pick<Check, 'measure'>, measures: Measures): number | undefined {
  if (measure !== 'pulse-pressure') return measures[measure];
  const { systolic, diastolic } = measures;
  return systolic === undefined || diastolic === undefined ? undefined : systolic - diastolic;
}

export const holds = ({ min, below, max }: Pick<Check, 'min' | 'below' | 'max'>, value: number): boolean =>
  (min === undefined || value >= min) && (below === undefined || value < below) && (max === undefined || value <= max);

export type Screened<C> = { readonly ok: boolean; readonly failed: readonly C[]; readonly missing: readonly Measure[] };

/** How measures stand against the checks. Nobody passes of whom something was not measured. */
export function judgeScreening<C extends Check>(checks: readonly C[], measures: Measures): Screened<C> {
  const failed = checks.filter((check) => {
    const value = checkedValue(check, measures);
    return value !== undefined && !holds(check, value);
  });
  const missing = measuresFor(checks).filter((measure) => measures[measure] === undefined);
  return { ok: failed.length === 0 && missing.length === 0, failed, missing };
}

export const isPlausibleMeasure = (measure: Measure, value: number): boolean => {
  const [least, most] = MEASURE_BOUNDS[measure];
  return Number.isFinite(value) && value >= least && value <= most;
};
