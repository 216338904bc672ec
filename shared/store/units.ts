import { stagesFor } from '../domain/unit-stages.ts';
import type { Instant, LocalDate, StepWay, UnitAction, UnitNote, UnitStage } from '../domain/vocabulary.ts';
import type { DraftItem } from './client.ts';
import type { UnitItem, UnitStepItem } from './items/index.ts';
import { keys } from './keys.ts';

/** The step that brought a unit to where it now is: written with it, and never again. */
export function stepItem(
  unit: UnitItem,
  step: {
    action: UnitStepItem['action'];
    from?: UnitStage | undefined;
    by: string;
    hospital?: string | undefined;
    hospitalRecord?: string | undefined;
    location?: string | undefined;
    expiresOn?: string | undefined;
    recall?: string | undefined;
    via?: StepWay | undefined;
    source?: string | undefined;
    reportedAt?: Instant | undefined;
    usedOn?: LocalDate | undefined;
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
    ...(step.location && { location: step.location }),
    ...(step.expiresOn && { expiresOn: step.expiresOn }),
    ...(step.recall && { recall: step.recall }),
    ...(step.via && { via: step.via }),
    ...(step.source && { source: step.source }),
    ...(step.reportedAt && { reportedAt: step.reportedAt }),
    ...(step.usedOn && { usedOn: step.usedOn }),
    ...(step.note && { note: step.note }),
  };
  return {
    Put: {
      Item: { ...keys.unitStep(unit.din, unit.unitId, unit.version), ...item },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

/** A unit as an action leaves it, provided it is as it was read, in a stage that the action may leave. */
export function unitWrite(
  before: UnitItem,
  after: UnitItem,
  action: UnitAction | UnitNote,
  from: readonly UnitStage[] = stagesFor(action),
): DraftItem {
  return {
    Put: {
      Item: { ...after, ...keys.unit(before.din, before.unitId) },
      ConditionExpression: `#version = :version AND #stage IN (${from.map((_, n) => `:from${n}`).join(', ')})`,
      ExpressionAttributeNames: { '#version': 'version', '#stage': 'stage' },
      ExpressionAttributeValues: {
        ':version': before.version,
        ...Object.fromEntries(from.map((stage, n) => [`:from${n}`, stage])),
      },
    },
  };
}

/** Holds while a unit is as it was read. */
export const unitAsRead = (unit: UnitItem): DraftItem => ({
  ConditionCheck: {
    Key: keys.unit(unit.din, unit.unitId),
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': unit.version },
  },
});

/** Puts a unit aside, with its step. */
export function quarantineItems(
  unit: UnitItem,
  { by, now, recall }: { by: string; now: Instant; recall?: string },
): DraftItem[] {
  const after: UnitItem = { ...unit, stage: 'quarantined', changedAt: now, version: unit.version + 1 };
  return [
    unitWrite(unit, after, 'quarantine'),
    stepItem(after, { action: 'quarantine', from: unit.stage, by, recall }),
  ];
}
