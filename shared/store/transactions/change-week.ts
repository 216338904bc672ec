import type { SiteSchedule } from '../../domain/site-schedule.ts';
import { accept, type Idempotency, wasAccepted } from '../accepted.ts';
import { auditItem } from '../audit.ts';
import type { DraftItem } from '../client.ts';
import type { SiteItem, SiteScheduleItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { type EngineDeps, nowOf } from './deps.ts';

export type ChangeWeekAnswer =
  | { readonly kind: 'done'; readonly week: SiteScheduleItem }
  /** Someone else's change came between. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'key-reused' };

/** How often a week was changed; 0 for one that is not there yet, or was never changed. */
export const weekVersion = (week: SiteScheduleItem | undefined): number => week?.version ?? 0;

/**
 * Writes a site's week from a date on, with who did it. The slots that follow from it are made, and those that it no longer has
 * taken away, by `makeSlotsOf`; it is marked until that is done.
 */
export async function changeWeek(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'random'>,
  input: {
    site: SiteItem;
    week: SiteSchedule;
    /** Whether a week from this date on was there when it was read, and how often it had been changed. */
    isNew: boolean;
    version: number;
    by: string;
    auditId: string;
    idempotency: Idempotency;
  },
): Promise<ChangeWeekAnswer> {
  const { site, week, isNew, version, by, auditId, idempotency } = input;
  const key = keys.siteSchedule(site.siteId, week.effectiveFrom);
  return await withRetries<ChangeWeekAnswer>(async () => {
    const before = await deps.store.get<SiteScheduleItem>(key, { consistent: true });
    const known = before && wasAccepted(before.accepted ?? [], idempotency);
    if (before && known) return known === 'same' ? { kind: 'done', week: before } : { kind: 'key-reused' };
    if (isNew === (before !== undefined) || weekVersion(before) !== version) return { kind: 'changed' };
    const after: SiteScheduleItem = {
      kind: 'site-schedule',
      siteId: site.siteId,
      ...week,
      unsettled: true,
      accepted: accept(before?.accepted ?? [], idempotency),
      version: version + 1,
    };
    const audit = auditItem({
      by,
      action: 'week-changed',
      scope: site.siteId,
      zone: site.zone,
      at: nowOf(deps),
      id: auditId,
      change: { effectiveFrom: week.effectiveFrom, version: after.version ?? 1 },
    });
    const result = await deps.store.transact([weekWrite(before, after), { Put: audit }]);
    return result.ok ? { kind: 'done', week: after } : AGAIN;
  }, deps);
}

function weekWrite(before: SiteScheduleItem | undefined, after: SiteScheduleItem): DraftItem {
  const Item = { ...keys.siteSchedule(after.siteId, after.effectiveFrom), ...after };
  if (!before) return { Put: { Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  const changed = before.version !== undefined;
  return {
    Put: {
      Item,
      ConditionExpression: changed ? '#version = :version' : 'attribute_exists(pk) AND attribute_not_exists(#version)',
      ExpressionAttributeNames: { '#version': 'version' },
      ...(changed && { ExpressionAttributeValues: { ':version': before.version } }),
    },
  };
}
