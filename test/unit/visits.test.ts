import { describe, expect, it } from 'vitest';
import { PACKS } from '../../shared/policy/index.ts';
import { visitsOf } from '../../shared/policy/visits.ts';

describe.each(PACKS)('what a donor is told of a visit under the pack $id', (pack) => {
  const visits = visitsOf(pack.id);
  const notes = visits.flatMap(({ bring, before, after }) => [...bring, ...before, ...after]);

  it('is told for each procedure the pack lets a donor give, once', () => {
    const given = pack.volumes.map(({ procedure }) => procedure).toSorted();
    expect(visits.map(({ procedure }) => procedure).toSorted()).toEqual(given);
  });

  it('has something to bring, something to do before and after, and whom to call', () => {
    for (const { bring, before, after, givingMinutes, totalMinutes } of visits) {
      expect([bring.length, before.length, after.length].every((n) => n > 0)).toBe(true);
      expect(after.at(-1)?.zh).toMatch(/电话/);
      expect(givingMinutes).toBeGreaterThan(5);
      expect(totalMinutes).toBeGreaterThan(givingMinutes);
    }
  });

  it('is said in both languages, and what a rule asks for says which and how sure we are', () => {
    for (const { zh, en, source, mark } of notes) {
      expect(zh).toMatch(/^[一-龥\d].*。$/);
      expect(en).toMatch(/^[A-Z][\x20-\x7e’]*\.$/);
      expect(mark === undefined).toBe(source === undefined);
      if (mark) expect(['C', 'C†', 'R']).toContain(mark);
    }
  });
});

it('of a pack that has none is nothing', () => {
  expect(visitsOf('atlantis')).toEqual([]);
});
