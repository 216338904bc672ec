import type { UnitAction, UnitStage } from '../domain/vocabulary.ts';
import type { DraftItem } from './client.ts';
import type { UnitItem, UnitStepItem } from './items/index.ts';
import { keys } from './keys.ts';

/** The step that brought a unit to where it now is: written with it, and never again. */
export function stepItem(
  unit: UnitItem,
  step: {
    action: UnitAction | 'collect';
    from?: UnitStage | undefined;
    by: string;
    hospital?: string | undefined;
    hospitalRecord?: string | undefined;
    note?: string | undefined;
  },
): DraftItem {
  const item: UnitStepItem = {
    kind: 'unit-step',
    din: unit.din,
    unitId: unit.unitId,
    version: unit.version,
    action: step.action,
    ...(step.from && { from: step.from }),
    to: unit.stage,
    at: unit.changedAt,
    by: step.by,
    ...(step.hospital && { hospital: step.hospital }),
    ...(step.hospitalRecord && { hospitalRecord: step.hospitalRecord }),
    ...(step.note && { note: step.note }),
  };
  return {
    Put: {
      Item: { ...keys.unitStep(unit.din, unit.unitId, unit.version), ...item },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}
