import { type Issue, issuesOf } from '../domain/hospital-reports.ts';
import { isConditionFailure, type Store } from './client.ts';
import type { Chain } from './donations.ts';
import { queryAll } from './every.ts';
import type { IssueItem } from './items/index.ts';
import { keys, partitions } from './keys.ts';
import { inParallel } from './parallel.ts';

const AT_ONCE = 4;

export function createIssues(store: Store) {
  return {
    /** What a site issued in a month (`2026-11`, UTC), oldest first. A read model of the stream's: a moment behind. */
    async ofMonth(siteId: string, month: string): Promise<IssueItem[]> {
      return await queryAll<IssueItem>(store, { pk: partitions.issues(siteId, month) });
    },
  };
}

/** Keeps what was issued of a donation, and what hospitals have said of it, beside it. An older reading never overwrites a newer one. */
export async function keepIssues(store: Store, { din, units, steps }: Chain): Promise<void> {
  await inParallel(issuesOf({ ...din, units, steps }), AT_ONCE, async (issue) => await keep(store, din, issue));
}

async function keep(store: Store, { din, siteId }: Chain['din'], issue: Issue): Promise<void> {
  const item: IssueItem = { kind: 'issue', din, siteId, ...issue };
  try {
    await store.put({
      Item: { ...keys.issue(siteId, issue.issuedAt, din, issue.unitId, issue.step), ...item },
      ConditionExpression: 'attribute_not_exists(pk) OR #version < :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': issue.version },
    });
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
}
