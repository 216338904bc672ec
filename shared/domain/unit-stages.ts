import type { Component, Procedure, UnitAction, UnitNote, UnitStage } from './vocabulary.ts';

export type UnitTransition = { readonly from: readonly UnitStage[]; readonly to: UnitStage };

/**
 * Which stages an action may leave, and where it leads: the store makes its conditions from this. A processed unit has
 * become its components and goes no further itself; a used one only goes back when the use was recorded wrongly.
 */
export const UNIT_TRANSITIONS = {
  test: { from: ['collected', 'quarantined'], to: 'tested' },
  quarantine: { from: ['collected', 'tested', 'released', 'stored'], to: 'quarantined' },
  process: { from: ['tested'], to: 'processed' },
  release: { from: ['tested'], to: 'released' },
  store: { from: ['released'], to: 'stored' },
  issue: { from: ['stored'], to: 'issued' },
  return: { from: ['issued'], to: 'stored' },
  use: { from: ['issued'], to: 'used' },
  discard: { from: ['collected', 'tested', 'quarantined', 'released', 'stored', 'issued'], to: 'discarded' },
  'correct-use': { from: ['used'], to: 'issued' },
} as const satisfies Record<UnitAction, UnitTransition>;

/** While what may be noted of a unit. An expiry is on the label before anybody else has it; a place is where it lies. */
const NOTED_WHILE: Record<UnitNote, readonly UnitStage[]> = {
  relocate: ['quarantined', 'stored'],
  'set-expiry': ['collected', 'tested', 'quarantined', 'released', 'stored'],
};

const isNote = (act: UnitAction | UnitNote): act is UnitNote => act in NOTED_WHILE;

/** Which stages an act may be done in. */
export const stagesFor = (act: UnitAction | UnitNote): readonly UnitStage[] =>
  isNote(act) ? NOTED_WHILE[act] : UNIT_TRANSITIONS[act].from;

/** A donation's first unit, and the components made by `process`: these were tested with their parent. */
export const INITIAL_STAGE = { collected: 'collected', component: 'tested' } as const satisfies Record<
  string,
  UnitStage
>;

/** What a donation is before anything is made of it. */
export const collectedComponent = (procedure: Procedure): Component => procedure;

const MADE_OF: Record<Component, readonly Component[]> = {
  'whole-blood': ['red-cells', 'plasma', 'platelets', 'cryoprecipitate'],
  // a double donation becomes two bags, and may come with plasma
  platelets: ['platelets', 'plasma'],
  plasma: ['plasma', 'cryoprecipitate'],
  'red-cells': [],
  cryoprecipitate: [],
};

/** What may be made of a unit; none when it cannot be processed. Takes a procedure too: it names what was collected. */
export const componentsFrom = (component: Component): readonly Component[] => MADE_OF[component];

export const isAllowed = (act: UnitAction | UnitNote, stage: UnitStage): boolean => stagesFor(act).includes(stage);

/** Acts that bring a unit nearer to a patient, which an expired one may not come. Its use, once given, is the truth. */
const NEARER: readonly (UnitAction | UnitNote)[] = ['release', 'issue'];
export const forbiddenOnceExpired = (act: UnitAction | UnitNote): boolean => NEARER.includes(act);

/** Stages from which a unit may still be kept back: all before a hospital has it. */
export const notYetIssued = (stage: UnitStage): boolean => isAllowed('quarantine', stage);

/** What may be done with a donation on hold: nothing that brings it nearer to a patient, and the truth of what was done. */
const WHILE_HELD: Partial<Record<UnitAction, UnitStage>> = {
  quarantine: 'quarantined',
  discard: 'discarded',
  // What comes back does not go on the shelf.
  return: 'quarantined',
  use: 'used',
  'correct-use': 'issued',
};

/** Where an act leads from a stage that it may leave; undefined where a hold on the donation, or its recall, forbids it. */
export function stageAfter(act: UnitAction | UnitNote, held: boolean, stage: UnitStage): UnitStage | undefined {
  if (isNote(act)) return stage;
  return held ? WHILE_HELD[act] : UNIT_TRANSITIONS[act].to;
}

/** The way to a patient first, then back, then out. */
const USUAL: readonly UnitAction[] = [
  'test',
  'process',
  'release',
  'store',
  'issue',
  'use',
  'return',
  'correct-use',
  'quarantine',
  'discard',
];

/** What may be done next, in the usual order; knowing the component leaves out `process` where nothing can be made. */
export function actionsFrom(
  stage: UnitStage,
  component?: Component,
  held = false,
  expired = false,
): readonly UnitAction[] {
  const allowed = USUAL.filter(
    (action) =>
      isAllowed(action, stage) &&
      stageAfter(action, held, stage) !== undefined &&
      !(expired && forbiddenOnceExpired(action)),
  );
  if (component === undefined || componentsFrom(component).length > 0) return allowed;
  return allowed.filter((action) => action !== 'process');
}
