import { describe, expect, test } from 'vitest';
import { shownMeasure, shownWeight, typedWeight } from '../../shared/domain/units.ts';

const METRIC = { weight: 'kg', haemoglobin: 'g/L', temperature: '°C' } as const;
const AMERICAN = { weight: 'lb', haemoglobin: 'g/dL', temperature: '°F' } as const;

describe('a weight', () => {
  test('in pounds comes back as it was typed', () => {
    for (let lb = 44; lb <= 660; lb += 1) expect(shownWeight(typedWeight(lb, 'lb'), 'lb')).toBe(lb);
    expect(typedWeight(110, 'lb')).toBe(49.9);
    expect(shownWeight(49.89, 'lb')).toBe(110);
  });

  test('in kilograms is kept to a tenth', () => {
    expect(typedWeight(61.5, 'kg')).toBe(61.5);
    expect(shownWeight(49.895, 'kg')).toBe(49.9);
  });
});

describe('a figure of a rule', () => {
  test.each([
    [125, 'g/L', { value: 12.5, unit: 'g/dL' }],
    [37.5, '°C', { value: 99.5, unit: '°F' }],
    [90, 'mmHg', { value: 90, unit: 'mmHg' }],
  ])('of %s %s is shown as Americans read it', (value, unit, shown) => {
    expect(shownMeasure(value, unit, AMERICAN)).toEqual(shown);
  });

  test.each([
    [115, 'g/L'],
    [37.5, '°C'],
    [0.36, ''],
  ])('of %s %s stays as it is elsewhere', (value, unit) => {
    expect(shownMeasure(value, unit, METRIC)).toEqual({ value, unit });
  });
});
