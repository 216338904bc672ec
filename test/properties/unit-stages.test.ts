import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionsFrom, INITIAL_STAGE, isAllowed, UNIT_TRANSITIONS } from '../../shared/domain/unit-stages.ts';
import { COMPONENTS, UNIT_ACTIONS, UNIT_STAGES, type UnitStage } from '../../shared/domain/vocabulary.ts';

const starts = fc.constantFrom<UnitStage>(INITIAL_STAGE.collected, INITIAL_STAGE.component);
/** Any attempts in any order; those not allowed change nothing, as in the house. */
const attempts = fc.array(fc.constantFrom(...UNIT_ACTIONS), { maxLength: 60 });

function walk(start: UnitStage, tried: readonly (typeof UNIT_ACTIONS)[number][]): UnitStage[] {
  const path = [start];
  for (const action of tried) {
    const stage = path.at(-1) as UnitStage;
    if (isAllowed(action, stage)) path.push(UNIT_TRANSITIONS[action].to);
  }
  return path;
}
/** The part of a path since a stage was last in it, that stage included; undefined when it never was. */
const since = (path: readonly UnitStage[], stage: UnitStage) => {
  const at = path.lastIndexOf(stage);
  return at < 0 ? undefined : path.slice(at);
};

test('no unit is used without having been tested, released, stored and issued, in that order', () => {
  fc.assert(
    fc.property(starts, attempts, (start, tried) => {
      const path = walk(start, tried);
      for (const [n, stage] of path.entries()) {
        if (stage !== 'used') continue;
        const before = path.slice(0, n);
        expect(before.at(-1)).toBe('issued');
        const order = ['tested', 'released', 'stored', 'issued'].map((it) => before.indexOf(it as UnitStage));
        expect(order.every((at) => at >= 0)).toBe(true);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a unit that was quarantined is tested and released again before it can be issued', () => {
  fc.assert(
    fc.property(starts, attempts, (start, tried) => {
      const path = walk(start, tried);
      const after = since(path, 'quarantined');
      if (!after?.includes('issued')) return;
      expect(after.indexOf('tested')).toBe(1);
      expect(after.indexOf('released')).toBeLessThan(after.indexOf('issued'));
      expect(after).toContain('released');
    }),
    { numRuns: 2_000 },
  );
});

test('what is processed or discarded stays so', () => {
  fc.assert(
    fc.property(starts, attempts, (start, tried) => {
      const path = walk(start, tried);
      for (const end of ['processed', 'discarded'] as const) {
        if (path.includes(end)) expect(path.indexOf(end)).toBe(path.length - 1);
      }
    }),
  );
});

test('what is offered is what is allowed, save processing where nothing can be made', () => {
  fc.assert(
    fc.property(fc.constantFrom(...UNIT_STAGES), fc.constantFrom(...COMPONENTS), (stage, component) => {
      const allowed = UNIT_ACTIONS.filter((action) => isAllowed(action, stage)).toSorted();
      expect([...actionsFrom(stage)].toSorted()).toEqual(allowed);
      const offered = actionsFrom(stage, component);
      expect(allowed.filter((action) => !offered.includes(action)).every((action) => action === 'process')).toBe(true);
    }),
  );
});
