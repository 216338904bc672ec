import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSpan } from '../../shared/domain/dates.ts';
import { journey, notNeededFrom, toldBy } from '../../shared/domain/journey.ts';
import {
  actionsFrom,
  componentsFrom,
  INITIAL_STAGE,
  isAllowed,
  UNIT_TRANSITIONS,
} from '../../shared/domain/unit-stages.ts';
import type {
  Component,
  Instant,
  LocalDate,
  Procedure,
  UnitAction,
  UnitStage,
} from '../../shared/domain/vocabulary.ts';

const ZONE = 'Asia/Shanghai';
const DATE = '2026-01-10';

type Step = { unit: number; action: UnitAction; at: Instant };
type Unit = { component: Component; stage: UnitStage; changedAt: Instant };
type Chain = { units: Unit[]; steps: { action: UnitAction | 'collect' }[] };

/** Lives a chain: at each turn a unit makes one of the steps it may. Numbers choose; hours pass in between. */
function lived(procedure: Procedure, choices: readonly { unit: number; action: number; hours: number }[]): Step[] {
  const units: Unit[] = [{ component: procedure, stage: INITIAL_STAGE.collected, changedAt: `${DATE}T02:00:00.000Z` }];
  const steps: Step[] = [];
  let hours = 2;
  for (const choice of choices) {
    const n = choice.unit % units.length;
    const unit = units[n] as Unit;
    // What a hospital has had is not made into components any more.
    const wasOut = steps.some((it) => it.unit === n && it.action === 'issue');
    const actions = actionsFrom(unit.stage, unit.component).filter((it) => it !== 'process' || !wasOut);
    const action = actions[choice.action % Math.max(1, actions.length)];
    if (!action) continue;
    hours += choice.hours;
    const at = new Date(Date.parse(`${DATE}T00:00:00.000Z`) + hours * 3_600_000).toISOString();
    steps.push({ unit: n, action, at });
    units[n] = { ...unit, stage: UNIT_TRANSITIONS[action].to, changedAt: at };
    if (action !== 'process') continue;
    for (const component of componentsFrom(unit.component).slice(0, 2)) {
      units.push({ component, stage: INITIAL_STAGE.component, changedAt: at });
    }
  }
  return steps;
}

/** The chain that these steps make. Throws on a step that the table of transitions does not allow. */
function chainOf(procedure: Procedure, steps: readonly Step[]): Chain {
  const units: Unit[] = [{ component: procedure, stage: INITIAL_STAGE.collected, changedAt: `${DATE}T02:00:00.000Z` }];
  for (const { unit: n, action, at } of steps) {
    const unit = units[n] as Unit;
    if (!isAllowed(action, unit.stage)) throw new Error(`${action} of one that is ${unit.stage}`);
    units[n] = { ...unit, stage: UNIT_TRANSITIONS[action].to, changedAt: at };
    if (action !== 'process') continue;
    for (const component of componentsFrom(unit.component).slice(0, 2)) {
      units.push({ component, stage: INITIAL_STAGE.component, changedAt: at });
    }
  }
  return { units, steps: [{ action: 'collect' }, ...steps] };
}

/**
 * The ordinary chain beside one with quarantines and discards: what was put aside untested was tested, what was put aside
 * later only waited where it was, and what was thrown away stays there until it expires.
 */
function ordinary(steps: readonly Step[]): Step[] {
  let list: Step[] = [];
  const over = new Set<number>();
  for (const step of steps) {
    if (over.has(step.unit)) continue;
    const made = (action: UnitAction) => list.some((it) => it.unit === step.unit && it.action === action);
    switch (step.action) {
      case 'quarantine':
      case 'discard':
        if (step.action === 'discard') over.add(step.unit);
        // Components were tested with what they were made of.
        if (step.unit === 0 && !made('test')) list.push({ ...step, action: 'test' });
        break;
      case 'test':
      case 'release':
      case 'store':
        // Out of quarantine it goes the same way again; an ordinary one has gone it already.
        if (!made(step.action) && (step.unit === 0 || step.action !== 'test')) list.push(step);
        break;
      case 'process':
        list = list.filter((it) => it.unit !== step.unit || it.action === 'test');
        list.push(step);
        break;
      default:
        list.push(step);
    }
  }
  return list;
}

const choice = fc.record({ unit: fc.nat(20), action: fc.nat(20), hours: fc.integer({ min: 1, max: 400 }) });
const aLife = fc.record({
  procedure: fc.constantFrom<Procedure>('whole-blood', 'platelets'),
  choices: fc.array(choice, { maxLength: 25 }),
});
const aDay = fc.integer({ min: 0, max: 500 }).map((value) => addSpan(DATE, { value, unit: 'day' }));

const view = (procedure: Procedure, { units, steps }: Chain, today: LocalDate) =>
  journey({ date: DATE, procedure, ...toldBy(units, steps, ZONE) }, today);

describe('nothing of a quarantine, a result or a discard can be read from a journey', () => {
  it('a chain looks on every day as the ordinary one does that was never put aside and never thrown away', () => {
    let told = 0;
    fc.assert(
      fc.property(aLife, aDay, ({ procedure, choices }, today) => {
        const steps = lived(procedure, choices);
        const beside = ordinary(steps);
        const plain = beside.every(({ action }) => action !== 'quarantine' && action !== 'discard');
        if (beside.length < steps.length) told += 1;
        return (
          plain &&
          JSON.stringify(view(procedure, chainOf(procedure, steps), today)) ===
            JSON.stringify(view(procedure, chainOf(procedure, beside), today))
        );
      }),
      { numRuns: 2_000 },
    );
    expect(told).toBeGreaterThan(500);
  });

  it('without a use, two donations of a kind and a day end on the same day, whatever became of them', () => {
    fc.assert(
      fc.property(aLife, aLife, (a, b) => {
        const ends = [a, b].map(({ choices }) => {
          const { units, steps } = chainOf('whole-blood', lived('whole-blood', choices));
          const told = toldBy(units, steps, ZONE);
          if (told.usedOn || !told.handled) return undefined;
          const given = { date: DATE, procedure: 'whole-blood', ...told } as const;
          const last = addSpan(notNeededFrom(given), { value: -1, unit: 'day' });
          expect(journey(given, last).open).toBe(true);
          expect(journey(given, notNeededFrom(given)).stages.at(-1)?.stage).toBe('not-needed');
          return notNeededFrom(given);
        });
        return ends.includes(undefined) || ends[0] === ends[1];
      }),
      { numRuns: 500 },
    );
  });

  it('a stage once shown is shown on every later day, as long as nothing is taken back', () => {
    fc.assert(
      fc.property(aLife, aDay, fc.nat(400), ({ procedure, choices }, today, later) => {
        const chain = chainOf(procedure, lived(procedure, choices));
        const now = view(procedure, chain, today).stages;
        const then = view(procedure, chain, addSpan(today, { value: later, unit: 'day' })).stages;
        return JSON.stringify(then.slice(0, now.length)) === JSON.stringify(now);
      }),
    );
  });
});
