import { describe, expect, test } from 'vitest';
import {
  actionsFrom,
  collectedComponent,
  componentsFrom,
  INITIAL_STAGE,
  isAllowed,
  UNIT_TRANSITIONS,
} from '../../shared/domain/unit-stages.ts';
import { COMPONENTS, PROCEDURES, UNIT_ACTIONS, UNIT_STAGES } from '../../shared/domain/vocabulary.ts';

describe('a unit of whole blood', () => {
  test.each([
    ['collected', ['test', 'quarantine', 'discard']],
    ['tested', ['process', 'release', 'quarantine', 'discard']],
    ['quarantined', ['test', 'discard']],
    ['processed', []],
    ['released', ['store', 'quarantine', 'discard']],
    ['stored', ['issue', 'quarantine', 'discard']],
    ['issued', ['use', 'return', 'discard']],
    ['used', ['correct-use']],
    ['discarded', []],
  ] as const)('that is %s allows %j, in this order', (stage, actions) => {
    expect(actionsFrom(stage, 'whole-blood')).toEqual(actions);
    expect(actionsFrom(stage)).toEqual(actions);
  });
});

test.each([
  ['test', 'tested'],
  ['quarantine', 'quarantined'],
  ['process', 'processed'],
  ['release', 'released'],
  ['store', 'stored'],
  ['issue', 'issued'],
  ['return', 'stored'],
  ['use', 'used'],
  ['discard', 'discarded'],
  ['correct-use', 'issued'],
] as const)('%s makes a unit %s', (action, stage) => {
  expect(UNIT_TRANSITIONS[action].to).toBe(stage);
});

test('red cells and cryoprecipitate are not processed further', () => {
  expect(actionsFrom('tested', 'red-cells')).toEqual(['release', 'quarantine', 'discard']);
  expect(actionsFrom('tested', 'cryoprecipitate')).toEqual(['release', 'quarantine', 'discard']);
  expect(actionsFrom('tested', 'plasma')).toContain('process');
});

test('nothing is ever made into whole blood, and everything else is made of something', () => {
  const made = new Set(COMPONENTS.flatMap((component) => componentsFrom(component)));
  expect([...made].toSorted()).toEqual(COMPONENTS.filter((component) => component !== 'whole-blood').toSorted());
});

test('platelets are divided into bags, with plasma', () => {
  expect(componentsFrom('platelets')).toEqual(['platelets', 'plasma']);
});

test('every procedure collects something to begin with', () => {
  expect(PROCEDURES.map((procedure) => collectedComponent(procedure))).toEqual(['whole-blood', 'platelets']);
  expect(INITIAL_STAGE).toEqual({ collected: 'collected', component: 'tested' });
});

test('every stage is somewhere a unit can come to', () => {
  const reached = new Set([INITIAL_STAGE.collected, ...UNIT_ACTIONS.map((action) => UNIT_TRANSITIONS[action].to)]);
  expect([...reached].toSorted()).toEqual([...UNIT_STAGES].toSorted());
});

test('quarantine is for what has not left the house', () => {
  expect(isAllowed('quarantine', 'issued')).toBe(false);
  expect(isAllowed('quarantine', 'used')).toBe(false);
});
