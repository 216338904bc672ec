import type { DisplayUnits } from './policy-pack.ts';

/** Everything is kept in kg, g/L and °C; people read and type what is usual where they live. */
const KG_PER_LB = 0.453_592_37;

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Kilograms in a pack's unit: pounds whole, kilograms to a tenth. */
export const shownWeight = (kg: number, unit: DisplayUnits['weight']): number =>
  unit === 'lb' ? rounded(kg / KG_PER_LB, 0) : rounded(kg, 1);

/** Kilograms of somebody who may have an account here. */
export const WEIGHT_KG = { least: 20, most: 300 } as const;

/** The least and the most that may be typed, in whole units. */
export const weightBounds = (unit: DisplayUnits['weight']): { readonly min: number; readonly max: number } =>
  unit === 'lb'
    ? { min: Math.ceil(WEIGHT_KG.least / KG_PER_LB), max: Math.floor(WEIGHT_KG.most / KG_PER_LB) }
    : { min: WEIGHT_KG.least, max: WEIGHT_KG.most };

/**
 * What stands in the field, as kilograms; undefined where it is nobody's weight. What was shown and left as it is stays what it
 * was: otherwise each look at it in another unit would move it, and at last below a rule's least.
 */
export function weightFrom(
  typed: string,
  unit: DisplayUnits['weight'],
  before: number | undefined,
): number | undefined {
  const value = Number(typed.normalize('NFKC').replace(',', '.'));
  if (before !== undefined && value === shownWeight(before, unit)) return before;
  const kg = typedWeight(value, unit);
  return kg >= WEIGHT_KG.least && kg <= WEIGHT_KG.most ? kg : undefined;
}

/** What was typed, as kilograms. Kept to a hundredth, so that whole pounds come back as they were typed. */
export const typedWeight = (value: number, unit: DisplayUnits['weight']): number =>
  rounded(unit === 'lb' ? value * KG_PER_LB : value, 2);

/** A figure of a rule in a pack's units; one of another kind stays as it is. */
export function shownMeasure(value: number, unit: string, units: DisplayUnits): { value: number; unit: string } {
  if (unit === 'g/L' && units.haemoglobin === 'g/dL') return { value: rounded(value / 10, 1), unit: 'g/dL' };
  if (unit === '°C' && units.temperature === '°F') return { value: rounded(value * 1.8 + 32, 1), unit: '°F' };
  return { value, unit };
}
