import type { CallSettings } from '../../domain/calls.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import type { SiteItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createSites } from '../sites.ts';
import { type EngineDeps, nowOf } from '../transactions/deps.ts';
import { callSettingsOf } from './calls.ts';

export type ChangeCallSettingsAnswer =
  | { readonly kind: 'done'; readonly site: SiteItem }
  | { readonly kind: 'changed-meanwhile' | 'not-found' | 'key-reused' };

const NAMES = ['waveSize', 'pauseMinutes', 'restDays', 'centsPerSegment'] as const;

/** Writes how a site calls donors, with who did it. Calls that run go on as they began. */
export async function changeCallSettings(
  deps: EngineDeps,
  input: {
    siteId: string;
    version: number;
    settings: CallSettings;
    by: string;
    auditId: string;
    idempotency: Idempotency;
  },
): Promise<ChangeCallSettingsAnswer> {
  return await withRetries<ChangeCallSettingsAnswer>(async () => {
    const before = await createSites(deps.store).getNow(input.siteId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.calls?.accepted ?? [], input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', site: before } : { kind: 'key-reused' };
    const was = callSettingsOf(before);
    if (was.version !== input.version) return { kind: 'changed-meanwhile' };
    const calls = {
      ...input.settings,
      accepted: accept(before.calls?.accepted ?? [], input.idempotency),
      version: input.version + 1,
    };
    const changed = NAMES.filter((name) => was[name] !== input.settings[name]);
    const result = await deps.store.transact([
      {
        Update: {
          Key: keys.site(before.siteId),
          UpdateExpression: 'SET #calls = :calls',
          ConditionExpression:
            input.version === 0 ? 'attribute_exists(pk) AND attribute_not_exists(#calls)' : '#calls.#version = :before',
          ExpressionAttributeNames: { '#calls': 'calls', ...(input.version > 0 && { '#version': 'version' }) },
          ExpressionAttributeValues: { ':calls': calls, ...(input.version > 0 && { ':before': input.version }) },
        },
      },
      {
        Put: auditItem({
          by: input.by,
          action: 'call-settings-changed',
          scope: before.siteId,
          zone: before.zone,
          at: nowOf(deps),
          id: input.auditId,
          change: Object.fromEntries(
            changed.flatMap((name) => [
              [`${name}From`, was[name] ?? 'none'],
              [`${name}To`, input.settings[name] ?? 'none'],
            ]),
          ),
        }),
      },
    ]);
    return result.ok ? { kind: 'done', site: { ...before, calls } } : AGAIN;
  }, deps);
}
