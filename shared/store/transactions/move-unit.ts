import { componentsFrom, INITIAL_STAGE, isAllowed, stageAfter } from '../../domain/unit-stages.ts';
import type { Component, Instant, UnitAction, UnitStage } from '../../domain/vocabulary.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import type { DraftItem } from '../client.ts';
import type { DinItem, UnitItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { stepItem, unitWrite } from '../units.ts';
import { type EngineDeps, nowOf } from './deps.ts';
import { failed } from './place.ts';

export type StepInput = {
  readonly din: string;
  readonly unitId: string;
  readonly action: UnitAction;
  /** The version the caller saw. */
  readonly version: number;
  readonly components?: readonly Component[] | undefined;
  readonly hospital?: string | undefined;
  readonly hospitalRecord?: string | undefined;
  readonly note?: string | undefined;
};

export type StepAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'not-found' | 'wrong-state' | 'changed-meanwhile' | 'key-reused' }
  /** The donation is held: this would bring it nearer to a patient. */
  | { readonly kind: 'on-hold' }
  | { readonly kind: 'hospital-record-missing' }
  /** The unit was issued to another hospital. */
  | { readonly kind: 'other-hospital' }
  | { readonly kind: 'missing'; readonly field: 'components' | 'hospital' }
  | { readonly kind: 'cannot-be-made' }
  | { readonly kind: 'not-with-this-action'; readonly field: 'components' | 'hospital' | 'hospitalRecord' };

/**
 * Moves a unit one stage: the unit, its step and, where it is processed, what is made of it, in one transaction. It may
 * only leave a stage the table of transitions names, from the version the caller saw, and a hold on the donation that comes
 * meanwhile is noticed.
 */
export async function moveUnit(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'>,
  input: StepInput & { by: string; idempotency: Idempotency },
): Promise<StepAnswer> {
  return await withRetries<StepAnswer>(async () => {
    const [unit, donation] = (await deps.store.batchGet([keys.unit(input.din, input.unitId), keys.din(input.din)], {
      consistent: true,
    })) as [UnitItem | undefined, DinItem | undefined];
    if (!unit) return { kind: 'not-found' };
    const known = wasAccepted(unit.accepted, input.idempotency);
    if (known) return known === 'same' ? { kind: 'done' } : { kind: 'key-reused' };
    if (unit.version !== input.version) return { kind: 'changed-meanwhile' };
    if (!isAllowed(input.action, unit.stage)) return { kind: 'wrong-state' };
    const to = stageAfter(input.action, donation?.held ?? false);
    if (!to) return { kind: 'on-hold' };
    const fault = faultIn(unit, input);
    if (fault) return fault;
    const after = moved(unit, to, input, nowOf(deps));
    const result = await deps.store.transact([
      unitWrite(unit, after, input.action),
      stepItem(after, {
        ...input,
        from: unit.stage,
        hospital: input.action === 'return' || input.action === 'correct-use' ? unit.hospital : input.hospital,
      }),
      ...childItems(after, input),
      {
        ConditionCheck: {
          Key: keys.din(input.din),
          ConditionExpression: donation?.held ? 'attribute_exists(held)' : 'attribute_not_exists(held)',
        },
      },
    ]);
    if (result.ok) return { kind: 'done' };
    const stored = result.reasons[0];
    if (failed(stored) && !stored?.item) return { kind: 'not-found' };
    return AGAIN;
  }, deps);
}

/** What is wrong with the input, for this action and this unit. */
function faultIn(unit: UnitItem, input: StepInput): StepAnswer | undefined {
  const { action, components, hospital, hospitalRecord } = input;
  if (components && action !== 'process') return { kind: 'not-with-this-action', field: 'components' };
  if (hospital && action !== 'issue' && action !== 'use') return { kind: 'not-with-this-action', field: 'hospital' };
  if (hospitalRecord && action !== 'use') return { kind: 'not-with-this-action', field: 'hospitalRecord' };
  switch (action) {
    case 'process':
      if (!components) return { kind: 'missing', field: 'components' };
      return components.every((made) => componentsFrom(unit.component).includes(made) && !isMadeAgain(unit, made))
        ? undefined
        : { kind: 'cannot-be-made' };
    case 'issue':
      return hospital ? undefined : { kind: 'missing', field: 'hospital' };
    case 'use':
      if (!hospital || !hospitalRecord) return { kind: 'hospital-record-missing' };
      return unit.hospital === hospital ? undefined : { kind: 'other-hospital' };
    default:
      return undefined;
  }
}

/** Bags of a bag: what was made of something is not divided into its own kind once more, and so on without end. */
const isMadeAgain = ({ component, parentId }: UnitItem, made: Component): boolean =>
  parentId !== undefined && made === component;

function moved(unit: UnitItem, to: UnitStage, { action, hospital, idempotency }: Step, now: Instant): UnitItem {
  const { hospital: before, ...rest } = unit;
  const at = action === 'issue' ? hospital : action === 'return' ? undefined : before;
  return {
    ...rest,
    ...(at && { hospital: at }),
    stage: to,
    changedAt: now,
    accepted: accept(unit.accepted, idempotency),
    version: unit.version + 1,
  };
}
type Step = StepInput & { by: string; idempotency: Idempotency };

const CODES: Record<Component, string> = {
  'whole-blood': 'wb',
  'red-cells': 'rc',
  plasma: 'pl',
  platelets: 'plt',
  cryoprecipitate: 'cryo',
};

/** The components made of a unit, each a unit of its own that keeps its parent: `wb-rc`, `wb-plt`, `wb-plt-2`. */
function childItems(parent: UnitItem, { components = [], by }: Step): DraftItem[] {
  const made = new Map<Component, number>();
  return components.flatMap((component) => {
    const nth = (made.get(component) ?? 0) + 1;
    made.set(component, nth);
    const child: UnitItem = {
      kind: 'unit',
      din: parent.din,
      unitId: [parent.unitId, CODES[component], ...(nth > 1 ? [nth] : [])].join('-'),
      parentId: parent.unitId,
      personId: parent.personId,
      siteId: parent.siteId,
      component,
      stage: INITIAL_STAGE.component,
      changedAt: parent.changedAt,
      ...(parent.historical && { historical: true }),
      accepted: [],
      version: 1,
    };
    return [
      {
        Put: {
          Item: { ...keys.unit(child.din, child.unitId), ...child },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      stepItem(child, { action: 'process', by }),
    ];
  });
}
