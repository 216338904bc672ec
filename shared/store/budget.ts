import type { Instant } from '../domain/vocabulary.ts';
import type { DraftItem, Store } from './client.ts';
import { isConditionFailure } from './client.ts';
import { keys } from './keys.ts';
import { forgetAfter } from './ttl.ts';

const COUNT = '#count = if_not_exists(#count, :zero) + :more';
/** Counters are kept for a while after their period, for whoever asks what was sent. */
const KEEP_DAYS = 90;

const counter = (scope: string, period: string, more: number, most: number, now: Instant) => ({
  Key: keys.budget(scope, period),
  UpdateExpression: `SET ${COUNT}, #kind = :kind, #ttl = if_not_exists(#ttl, :ttl)`,
  ConditionExpression: 'attribute_not_exists(#count) OR #count <= :room',
  ExpressionAttributeNames: { '#count': 'count', '#kind': 'kind', '#ttl': 'ttl' },
  ExpressionAttributeValues: {
    ':zero': 0,
    ':more': more,
    ':room': most - more,
    ':kind': 'budget',
    ':ttl': forgetAfter(now, KEEP_DAYS)['ttl'],
  },
});

/** Counts one more text to a person on a local date, provided that stays within the cap. */
export const countDaily = (personId: string, date: string, cap: number, now: Instant): DraftItem => ({
  Update: counter(personId, date, 1, cap, now),
});

const EVERYONE = 'ALL';

/** Counts segments against the deployment's month (UTC); false when they would exceed it. */
export async function spendMonthly(store: Store, segments: number, budget: number, now: Instant): Promise<boolean> {
  if (segments > budget) return false;
  try {
    await store.update(counter(EVERYONE, now.slice(0, 7), segments, budget, now));
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}
