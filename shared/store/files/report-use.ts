import { createHash } from 'node:crypto';
import type { FileRecord, RowRefusal } from '../../domain/files/rows.ts';
import type { Component } from '../../domain/vocabulary.ts';
import type { Idempotency } from '../accepted.ts';
import { createDonations } from '../donations.ts';
import type { DinItem, UnitItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { nowOf } from '../transactions/deps.ts';
import { mirrorStage } from '../transactions/mirror-stage.ts';
import { moveUnit } from '../transactions/move-unit.ts';
import { stepItem } from '../units.ts';
import { noonOf } from './load-history.ts';
import { type RowContext, type RowDeps, type RowOutcome, sourceOf } from './row-deps.ts';

type Use = Extract<FileRecord, { kind: 'usage' }>;

/**
 * What a hospital reports as used. Each component of the row for itself: the one that fits is recorded whatever becomes of another.
 * The row is refused for the first that does not fit.
 */
export async function reportUse(deps: RowDeps, context: RowContext, row: Use): Promise<RowOutcome> {
  const outcomes: RowOutcome[] = [];
  for (const component of row.components) outcomes.push(await reported(deps, context, row, component));
  const refused = outcomes.find((it) => typeof it !== 'string');
  return refused ?? (outcomes.includes('fresh') ? 'fresh' : 'known');
}

async function reported(deps: RowDeps, context: RowContext, row: Use, component: Component): Promise<RowOutcome> {
  return await withRetries<RowOutcome>(async () => {
    const chain = await createDonations(deps.store).chain(row.din);
    if (!chain) return { field: 'din', why: 'din-unknown' };
    if (!context.sites.includes(chain.din.siteId)) return { field: 'din', why: 'din-other-site' };
    if (row.date < chain.din.date) return { field: 'date', why: 'before-donation' };
    const idempotency = idempotencyOf(context, component);
    const alike = chain.units.filter(
      (unit) => unit.component === component && (row.bag === undefined || unit.unitId === row.bag),
    );
    if (alike.length === 0) {
      // Its way was not followed here: the report is all that is known of it.
      if (chain.din.historical && row.bag === undefined)
        return await historicalUse(deps, context, chain.din, row, component);
      return { field: 'component', why: 'no-such-unit' };
    }
    const told = alike.filter(({ accepted }) => accepted.some(({ key }) => key === idempotency.key));
    if (told.length > 0) return 'fresh';
    if (alike.every(({ stage }) => stage === 'used')) return sameUse(alike, row);
    // Which of two bags alike was used, the row does not say, and it is not guessed.
    if (alike.filter(({ stage }) => stage !== 'processed' && stage !== 'discarded').length > 1) {
      return { field: 'bag', why: 'several-bags' };
    }
    const unit = alike.find(({ stage }) => stage === 'issued');
    if (!unit) return { field: 'component', why: 'not-issued' };
    if (unit.hospital !== row.hospital) return { field: 'hospital', why: 'other-hospital' };
    if (!context.write) return 'fresh';
    const use = {
      din: row.din,
      hospital: row.hospital,
      hospitalRecord: recordOf(context, row),
      usedOn: row.date,
      by: context.by,
      idempotency,
    };
    const answer = await moveUnit(deps, {
      ...use,
      unitId: unit.unitId,
      action: 'use',
      version: unit.version,
      via: 'file',
    });
    switch (answer.kind) {
      case 'done':
        return 'fresh';
      case 'other-hospital':
        return { field: 'hospital', why: 'other-hospital' };
      case 'on-hold':
      case 'on-recall':
        return { field: 'din', why: 'on-hold' };
      case 'not-master':
        return await mirroredUse(deps, unit, { ...use, component, source: sourceOf(context) });
      case 'changed-meanwhile':
      case 'wrong-state':
      case 'not-found':
        // Somebody moved it meanwhile: it is looked at again.
        return AGAIN;
      default:
        return { field: 'din', why: 'unexpected' };
    }
  }, deps);
}

const sameUse = (used: readonly UnitItem[], { hospital, date }: Use): RowOutcome =>
  used.some((unit) => unit.hospital === hospital && (unit.usedOn ?? date) === date)
    ? 'known'
    : { field: 'date', why: 'use-differs' };

/** The hospital's own number for it, or where in which report it stands. */
export const recordOf = ({ from }: RowContext, { record }: { readonly record?: string }): string =>
  record ?? `${from.importId}-${from.row}`;

/** A row of a file that comes again after a crash is the same call. */
export function idempotencyOf({ from }: RowContext, component: Component | 'results'): Idempotency {
  const digest = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);
  const id = digest(JSON.stringify(['import', from.importId, from.row, component]));
  return { key: id, input: id };
}

/** The use of a unit whose stages are another system's: the hospital's word comes beside that system's own. */
async function mirroredUse(
  deps: RowDeps,
  unit: UnitItem,
  use: Omit<Parameters<typeof mirrorStage>[1], 'stage' | 'at'>,
): Promise<RowOutcome | typeof AGAIN> {
  const nth = Number(/-(\d+)$/.exec(unit.unitId)?.[1] ?? 1);
  const answer = await mirrorStage(deps, { ...use, nth, stage: 'used', at: nowOf(deps) });
  if (answer.kind === 'done') return 'fresh';
  if (answer.kind === 'older' || answer.kind === 'same' || answer.kind === 'master') return AGAIN;
  return { field: 'din', why: 'unexpected' };
}

/** The use of something that was collected and issued before opening, with the one step that is known of it. */
async function historicalUse(
  deps: RowDeps,
  context: RowContext,
  din: DinItem,
  row: Use,
  component: Component,
): Promise<RowOutcome | RowRefusal | typeof AGAIN> {
  if (!context.write) return 'fresh';
  const unit: UnitItem = {
    kind: 'unit',
    din: din.din,
    unitId: component,
    personId: din.personId,
    siteId: din.siteId,
    component,
    stage: 'used',
    hospital: row.hospital,
    usedOn: row.date,
    // Nothing is due by it: a donation from before opening is announced to nobody.
    changedAt: row.date < context.today ? noonOf(row.date, din.zone) : nowOf(deps),
    historical: true,
    accepted: [idempotencyOf(context, component)],
    version: 1,
  };
  const result = await deps.store.transact([
    {
      Put: {
        Item: { ...keys.unit(unit.din, unit.unitId), ...unit },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    stepItem(unit, {
      action: 'use',
      via: 'file',
      by: context.by,
      hospital: row.hospital,
      hospitalRecord: recordOf(context, row),
      usedOn: row.date,
    }),
    { ConditionCheck: { Key: keys.din(din.din), ConditionExpression: 'attribute_exists(pk)' } },
  ]);
  return result.ok ? 'fresh' : AGAIN;
}
