import { UNIT_SETTINGS, type UnitSettings } from '../../domain/unit-settings.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import type { SiteItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { laboratoryOf } from '../laboratory.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createSites } from '../sites.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type ChangeUnitSettingsAnswer =
  | { readonly kind: 'done'; readonly site: SiteItem }
  | { readonly kind: 'changed-meanwhile' | 'not-found' | 'key-reused' };

/** Whether a site's donations need a screening recorded here: where it has not chosen, they do. */
export const screeningOf = ({ screening = 'required' }: SiteItem): 'required' | 'paper' => screening;

/** How often a site's unit settings were changed. */
export const unitsVersionOf = ({ units }: SiteItem): number => units?.version ?? 0;

/** Writes how a site follows its units, with who did it. It holds for the next step of each; what was recorded stays as it is. */
export async function changeUnitSettings(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'>,
  input: {
    siteId: string;
    version: number;
    settings: UnitSettings;
    screening: 'required' | 'paper';
    /** Absent: as before. */
    laboratory?: 'required' | 'elsewhere' | undefined;
    by: string;
    auditId: string;
    idempotency: Idempotency;
  },
): Promise<ChangeUnitSettingsAnswer> {
  return await withRetries<ChangeUnitSettingsAnswer>(async () => {
    const before = await createSites(deps.store).getNow(input.siteId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.units?.accepted ?? [], input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', site: before } : { kind: 'key-reused' };
    if (unitsVersionOf(before) !== input.version) return { kind: 'changed-meanwhile' };
    const units = {
      ...input.settings,
      accepted: accept(before.units?.accepted ?? [], input.idempotency),
      version: input.version + 1,
    };
    const laboratory = input.laboratory ?? laboratoryOf(before);
    const audit = auditItem({
      by: input.by,
      action: 'unit-settings-changed',
      scope: before.siteId,
      zone: before.zone,
      at: nowOf(deps),
      id: input.auditId,
      change: {
        ...changeOf(before.units ?? UNIT_SETTINGS, input.settings),
        ...(input.screening !== screeningOf(before) && { screeningTo: input.screening }),
        ...(laboratory !== laboratoryOf(before) && { laboratoryTo: laboratory }),
      },
    });
    const result = await deps.store.transact([
      {
        Update: {
          Key: keys.site(before.siteId),
          UpdateExpression: 'SET #units = :units, #screening = :screening, #laboratory = :laboratory',
          ConditionExpression:
            input.version === 0 ? 'attribute_exists(pk) AND attribute_not_exists(#units)' : '#units.#version = :before',
          ExpressionAttributeNames: {
            '#units': 'units',
            '#screening': 'screening',
            '#laboratory': 'laboratory',
            ...(input.version > 0 && { '#version': 'version' }),
          },
          ExpressionAttributeValues: {
            ':units': units,
            ':screening': input.screening,
            ':laboratory': laboratory,
            ...(input.version > 0 && { ':before': input.version }),
          },
        },
      },
      { Put: audit },
    ]);
    return result.ok ? { kind: 'done', site: { ...before, units, screening: input.screening, laboratory } } : AGAIN;
  }, deps);
}

/** What was other before, part by part. */
const changeOf = (from: UnitSettings, to: UnitSettings): Record<string, string> =>
  Object.fromEntries(
    (['master', 'system', 'shelfLifeDays', 'hospitals', 'products', 'tests', 'numbers', 'usedWithinMonths'] as const)
      .filter((part) => JSON.stringify(from[part]) !== JSON.stringify(to[part]))
      .flatMap((part) => [
        [`${part}From`, said(from[part])],
        [`${part}To`, said(to[part])],
      ]),
  );
const said = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none'));
