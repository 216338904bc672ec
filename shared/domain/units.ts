import type { DisplayUnits } from './policy-pack.ts';

/** Everything is kept in kg, g/L and °C; people read and type what is usual where they live. */
const KG_PER_LB = 0.453_592_37;

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Kilograms in a pack's unit: pounds whole, kilograms to a tenth. */
export const shownWeight = (kg: number, unit: DisplayUnits['weight']): number =>
  unit === 'lb' ? rounded(kg / KG_PER_LB, 0) : rounded(kg, 1);

/** What was typed, as kilograms. Kept to a hundredth, so that whole pounds come back as they were typed. */
export const typedWeight = (value: number, unit: DisplayUnits['weight']): number =>
  rounded(unit === 'lb' ? value * KG_PER_LB : value, 2);

/** A figure of a rule in a pack's units; one of another kind stays as it is. */
export function shownMeasure(value: number, unit: string, units: DisplayUnits): { value: number; unit: string } {
  if (unit === 'g/L' && units.haemoglobin === 'g/dL') return { value: rounded(value / 10, 1), unit: 'g/dL' };
  if (unit === '°C' && units.temperature === '°F') return { value: rounded(value * 1.8 + 32, 1), unit: '°F' };
  return { value, unit };
}
