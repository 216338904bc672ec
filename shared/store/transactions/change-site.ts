import { REMINDERS } from '../../domain/reminders.ts';
import type { SiteSettings } from '../../domain/site-settings.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import type { DraftItem } from '../client.ts';
import type { SiteItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { createSites } from '../sites.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type ChangeSiteAnswer =
  | { readonly kind: 'done'; readonly site: SiteItem }
  /** Someone else's change came between. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' };

/**
 * Writes a site's settings as its staff decided them, with who did it. What rests on them already (slots, reminders that wait)
 * is brought in line by the clock: see functions/events/tick/apply-settings.ts.
 */
export async function changeSite(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'>,
  input: {
    siteId: string;
    version: number;
    settings: SiteSettings;
    by: string;
    auditId: string;
    idempotency: Idempotency;
  },
): Promise<ChangeSiteAnswer> {
  return await withRetries<ChangeSiteAnswer>(async () => {
    const before = await createSites(deps.store).getNow(input.siteId);
    if (!before) return { kind: 'not-found' };
    const known = wasAccepted(before.accepted ?? [], input.idempotency);
    if (known) return known === 'same' ? { kind: 'done', site: before } : { kind: 'key-reused' };
    if (versionOf(before) !== input.version) return { kind: 'changed' };
    const now = nowOf(deps);
    const { usedHoldMinutes: _, lockMinutes: __, ...rest } = before;
    const after: SiteItem = {
      ...rest,
      ...input.settings,
      settingsAt: now,
      accepted: accept(before.accepted ?? [], input.idempotency),
      version: input.version + 1,
    };
    const audit = auditItem({
      by: input.by,
      action: 'site-changed',
      scope: before.siteId,
      zone: before.zone,
      at: now,
      id: input.auditId,
      change: changeOf(before, after),
    });
    const result = await deps.store.transact([siteWrite(input.version, after), { Put: audit }]);
    return result.ok ? { kind: 'done', site: after } : AGAIN;
  }, deps);
}

/** How often a site's settings were changed. */
export const versionOf = ({ version = 0 }: SiteItem): number => version;

/** What was other before: `phoneFrom`, `phoneTo` and so on. A part that is absent is `none`. */
function changeOf(before: SiteItem, after: SiteItem): Record<string, string | number> {
  const parts = (site: SiteItem): Record<string, string | number> => ({
    phone: site.phone,
    cutoffMinutes: site.cutoffMinutes,
    dayBeforeAt: (site.reminders ?? REMINDERS).dayBeforeAt ?? NONE,
    minutesBefore: (site.reminders ?? REMINDERS).minutesBefore ?? NONE,
    usedHoldMinutes: site.usedHoldMinutes ?? NONE,
    lockMinutes: site.lockMinutes ?? NONE,
  });
  const [from, to] = [parts(before), parts(after)];
  return Object.fromEntries(
    Object.keys(to)
      .filter((name) => from[name] !== to[name])
      .flatMap((name) => [
        [`${name}From`, from[name] ?? NONE],
        [`${name}To`, to[name] ?? NONE],
      ]),
  );
}
const NONE = 'none';

/** Only its settings: the rest of the item is not the staff's. */
function siteWrite(version: number, after: SiteItem): DraftItem {
  const { phone, cutoffMinutes, reminders, usedHoldMinutes, lockMinutes, settingsAt, accepted } = after;
  const set = {
    phone,
    cutoffMinutes,
    reminders,
    settingsAt,
    accepted,
    version: after.version,
    ...(usedHoldMinutes !== undefined && { usedHoldMinutes }),
    ...(lockMinutes !== undefined && { lockMinutes }),
  };
  const names = Object.keys(set);
  const absent = (['usedHoldMinutes', 'lockMinutes'] as const).filter((name) => after[name] === undefined);
  const remove = absent.length > 0 ? ` REMOVE ${absent.map((name) => `#${name}`).join(', ')}` : '';
  return {
    Update: {
      Key: keys.site(after.siteId),
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}${remove}`,
      ConditionExpression:
        version === 0 ? 'attribute_exists(pk) AND attribute_not_exists(#version)' : '#version = :before',
      ExpressionAttributeNames: Object.fromEntries([...names, ...absent].map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ...(version > 0 && { ':before': version }),
        ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
      },
    },
  };
}
