import { describe, expect, it } from 'vitest';
import {
  CODE_SECONDS,
  enrolmentUntil,
  factorUntil,
  isAskedSooner,
  pressInStep,
  stepTaken,
} from '../../shared/domain/factor.ts';

const NOW = '2026-11-28T01:00:00.000Z';

describe('a second factor that was shown', () => {
  it('holds as long as the strictest of somebody’s roles allows: a shift, or four hours', () => {
    expect(factorUntil([{ role: 'staff' }, { role: 'organiser' }], NOW)).toBe('2026-11-28T13:00:00.000Z');
    expect(factorUntil([{ role: 'staff' }, { role: 'admin' }], NOW)).toBe('2026-11-28T05:00:00.000Z');
    expect(factorUntil([{ role: 'auditor' }], NOW)).toBe('2026-11-28T05:00:00.000Z');
  });

  it('is asked for sooner from whoever is given a stricter role', () => {
    expect(isAskedSooner('admin', [{ role: 'staff' }])).toBe(true);
    expect(isAskedSooner('admin', [{ role: 'admin' }, { role: 'staff' }])).toBe(true);
    expect(isAskedSooner('staff', [{ role: 'admin' }, { role: 'organiser' }])).toBe(false);
    expect(isAskedSooner('admin', [])).toBe(false);
  });

  it('is put into an authenticator within a quarter of an hour', () => {
    expect(enrolmentUntil(NOW)).toBe('2026-11-28T01:15:00.000Z');
  });
});

describe('a code of six digits', () => {
  const at = (seconds: number) => Date.parse(NOW) + seconds * 1000;
  const step = at(0) / 1000 / CODE_SECONDS;

  it('is taken once: neither it nor an older one after it', () => {
    expect(stepTaken(0, at(29), undefined)).toBe(step);
    expect(stepTaken(-1, at(30), undefined)).toBe(step);
    expect(stepTaken(1, at(0), step)).toBe(step + 1);
    expect(stepTaken(0, at(0), step)).toBeUndefined();
    expect(stepTaken(-1, at(0), step)).toBeUndefined();
    expect(stepTaken(null, at(0), undefined)).toBeUndefined();
  });

  it('that is pressed again is the same press while it stands, and another with the next', () => {
    expect(pressInStep('key', at(0))).toBe(pressInStep('key', at(29.999)));
    expect(pressInStep('key', at(0))).not.toBe(pressInStep('key', at(30)));
    expect(pressInStep('key', at(0))).not.toBe(pressInStep('other', at(0)));
  });
});
