import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  actionsFrom,
  forbiddenOnceExpired,
  INITIAL_STAGE,
  isAllowed,
  stageAfter,
  UNIT_TRANSITIONS,
} from '../../shared/domain/unit-stages.ts';
import { COMPONENTS, UNIT_ACTIONS, UNIT_NOTES, UNIT_STAGES, type UnitStage } from '../../shared/domain/vocabulary.ts';

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

const acts = fc.constantFrom(...UNIT_ACTIONS, ...UNIT_NOTES);
/** What may happen to a unit in any order: acts, a hold or a recall that comes and goes, and an expiry that passes. */
const life = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: acts.map((act) => ({ act })) },
    { weight: 1, arbitrary: fc.boolean().map((held) => ({ held })) },
    { weight: 1, arbitrary: fc.constant({ expired: true as const }) },
  ),
  { maxLength: 80 },
);

test('whatever is kept back or has expired comes no nearer to a patient, and what a hospital did is still recorded', () => {
  fc.assert(
    fc.property(starts, life, (start, events) => {
      let [stage, held, expired] = [start, false, false];
      for (const event of events) {
        if ('held' in event) held = event.held;
        else if ('expired' in event) expired = true;
        else if (isAllowed(event.act, stage) && !(expired && forbiddenOnceExpired(event.act))) {
          const to = stageAfter(event.act, held, stage);
          if (to === undefined) {
            expect(held).toBe(true);
            continue;
          }
          if (held) expect(['quarantined', 'discarded', 'used', 'issued', stage]).toContain(to);
          if (to === 'issued' && stage !== 'used') expect(held || expired).toBe(false);
          if (stage === 'issued') expect(to).not.toBe('tested');
          stage = to;
        }
      }
      if (stage === 'issued') expect(stageAfter('use', true, stage)).toBe('used');
    }),
    { numRuns: 2_000 },
  );
});

test('a note changes no stage, held or not', () => {
  fc.assert(
    fc.property(fc.constantFrom(...UNIT_STAGES), fc.constantFrom(...UNIT_NOTES), fc.boolean(), (stage, note, held) => {
      if (isAllowed(note, stage)) expect(stageAfter(note, held, stage)).toBe(stage);
    }),
  );
});
