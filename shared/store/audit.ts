import { localDateOf } from '../domain/local-time.ts';
import { isConditionFailure, type Store } from './client.ts';
import type { AuditItem } from './items/index.ts';
import { keys } from './keys.ts';

/** What is recorded of no site, by dates in these zones: of texts across sites, of who may do what, and of hours of service. */
export const SHARED_SCOPES = { messages: 'UTC', people: 'UTC', hours: 'UTC' } as const;

/** The write that records what someone did with, or read of, others' data. Entries are only ever added. */
export function auditItem({ zone, id, ...entry }: Omit<AuditItem, 'kind'> & { zone: string; id: string }) {
  const item: AuditItem = { kind: 'audit', ...entry };
  return {
    Item: { ...keys.audit(entry.scope, localDateOf(entry.at, zone), entry.at, id), ...item },
    ConditionExpression: 'attribute_not_exists(pk)',
  };
}

/**
 * Records by itself that someone looks at others' data, before they are shown it. An entry that is there already is this one:
 * the answer was lost, the SDK wrote again, and ids are never used twice.
 */
export async function recordRead(store: Store, entry: ReturnType<typeof auditItem>): Promise<void> {
  try {
    await store.put(entry);
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
}
