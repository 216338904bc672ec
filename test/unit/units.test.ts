import { describe, expect, test } from 'vitest';
import { shownMeasure, shownWeight, typedWeight, weightBounds, weightFrom } from '../../shared/domain/units.ts';

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

describe('what stands in the field of a weight', () => {
  test('is taken in the unit of the place, with a comma or in full width', () => {
    expect(weightFrom('61,5', 'kg', undefined)).toBe(61.5);
    expect(weightFrom(' ６１．５ ', 'kg', undefined)).toBe(61.5);
    expect(weightFrom('110', 'lb', undefined)).toBe(49.9);
    expect(weightFrom('150', 'lb', 49.9)).toBe(68.04);
  });

  test('and was not changed stays what it was, whichever unit it was looked at in', () => {
    // Kept again from the pounds that are shown, 50 kg would be 49.9: too light for China.
    expect(shownWeight(50, 'lb')).toBe(110);
    expect(weightFrom('110', 'lb', 50)).toBe(50);
    for (let tenth = 200; tenth <= 3000; tenth += 1) {
      const kg = tenth / 10;
      for (const unit of ['kg', 'lb'] as const) {
        expect(weightFrom(String(shownWeight(kg, unit)), unit, kg)).toBe(kg);
      }
    }
    for (let lb = 45; lb <= 661; lb += 1) {
      const kg = weightFrom(String(lb), 'lb', undefined);
      expect(weightFrom(String(shownWeight(kg ?? 0, 'kg')), 'kg', kg)).toBe(kg);
      expect(shownWeight(kg ?? 0, 'lb')).toBe(lb);
    }
  });

  test('is refused outside of its bounds, each of which is itself taken', () => {
    expect(weightBounds('kg')).toEqual({ min: 20, max: 300 });
    expect(weightBounds('lb')).toEqual({ min: 45, max: 661 });
    for (const unit of ['kg', 'lb'] as const) {
      const { min, max } = weightBounds(unit);
      expect(weightFrom(String(min), unit, undefined)).toBeDefined();
      expect(weightFrom(String(max), unit, undefined)).toBeDefined();
      expect(weightFrom(String(min - 1), unit, undefined)).toBeUndefined();
      expect(weightFrom(String(max + 1), unit, undefined)).toBeUndefined();
    }
    for (const typed of ['', ' ', 'abc', '-60', '6 0']) {
      expect(weightFrom(typed, 'kg', undefined), typed).toBeUndefined();
      expect(weightFrom(typed, 'kg', 60), typed).toBeUndefined();
    }
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
