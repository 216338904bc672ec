import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, judgeScreening, measuresFor, screeningChecks } from '../../shared/domain/screening.ts';
import { packFor } from '../../shared/policy/index.ts';

const cn = packFor('cn', '2026-11-23');
const well = { weight: 60, systolic: 120, diastolic: 80, pulse: 70, haemoglobin: 140 };
const checks = (more: Partial<Parameters<typeof screeningChecks>[1]> = {}) =>
  screeningChecks(cn, { sex: 'male', procedure: 'whole-blood', athlete: false, ...more });

describe('screening for whole blood in China', () => {
  it('asks for weight, both pressures, pulse and haemoglobin; for platelets haematocrit and the count too', () => {
    expect(measuresFor(checks())).toEqual(['weight', 'systolic', 'diastolic', 'pulse', 'haemoglobin']);
    expect(measuresFor(checks({ procedure: 'platelets' }))).toEqual([
      'weight',
      'systolic',
      'diastolic',
      'pulse',
      'haemoglobin',
      'haematocrit',
      'platelets',
    ]);
  });

  it.each([
    ['weight', 50, 49.9],
    ['systolic', 139, 140],
    ['systolic', 90, 89],
    ['diastolic', 89, 90],
    ['diastolic', 60, 59],
    ['pulse', 100, 101],
    ['pulse', 60, 59],
    ['haemoglobin', 120, 119],
  ] as const)('takes %s of %d and not %d', (measure, good, bad) => {
    const failed = (value: number) =>
      judgeScreening(checks(), { ...well, [measure]: value })
        .failed.filter((check) => check.measure === measure)
        .map(({ rule, mark, source }) => [rule, mark, source].every(Boolean));
    expect(failed(good)).toEqual([]);
    expect(failed(bad)).toEqual([true]);
  });

  it('takes a pulse pressure of 30 and not 29', () => {
    expect(judgeScreening(checks(), { ...well, systolic: 110, diastolic: 80 }).ok).toBe(true);
    const { failed } = judgeScreening(checks(), { ...well, systolic: 109, diastolic: 80 });
    expect(failed.map(({ measure }) => measure)).toEqual(['pulse-pressure']);
  });

  it('has bounds of their own for women and for endurance athletes', () => {
    expect(judgeScreening(checks({ sex: 'female' }), { ...well, weight: 45, haemoglobin: 115 }).ok).toBe(true);
    expect(judgeScreening(checks(), { ...well, pulse: 52 }).ok).toBe(false);
    expect(judgeScreening(checks({ athlete: true }), { ...well, pulse: 52 }).ok).toBe(true);
    expect(judgeScreening(checks({ athlete: true }), { ...well, pulse: 49 }).ok).toBe(false);
  });

  it('of a sex that is not known asks the strictest', () => {
    expect(judgeScreening(checks({ sex: undefined }), { ...well, haemoglobin: 119 }).ok).toBe(false);
  });
});

it('nobody passes of whom something was not measured, or is outside; and everybody else does', () => {
  const value = (least: number, most: number) => fc.option(fc.integer({ min: least, max: most }), { nil: undefined });
  fc.assert(
    fc.property(
      fc.record({
        weight: value(40, 60),
        systolic: value(80, 150),
        diastolic: value(50, 100),
        pulse: value(45, 110),
        haemoglobin: value(100, 150),
      }),
      fc.constantFrom('male' as const, 'female' as const, undefined),
      fc.boolean(),
      (measures, sex, athlete) => {
        const asked = checks({ sex, athlete });
        const { ok, missing } = judgeScreening(asked, measures);
        expect(missing).toEqual(measuresFor(asked).filter((measure) => measures[measure as 'pulse'] === undefined));
        const { systolic, diastolic } = measures;
        const within = asked.every((check) => {
          const it =
            check.measure === 'pulse-pressure'
              ? (systolic ?? Number.NaN) - (diastolic ?? Number.NaN)
              : (measures[check.measure as 'pulse'] ?? Number.NaN);
          return holds(check, it);
        });
        expect(ok).toBe(within);
      },
    ),
  );
});
