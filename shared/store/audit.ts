import { localDateOf } from '../domain/local-time.ts';
import type { AuditItem } from './items/index.ts';
import { keys } from './keys.ts';

/** What `store.put` needs to record that someone looked at others' data. Entries are only ever added. */
export function auditItem({ zone, id, ...entry }: Omit<AuditItem, 'kind'> & { zone: string; id: string }) {
  const item: AuditItem = { kind: 'audit', ...entry };
  return {
    Item: { ...keys.audit(entry.scope, localDateOf(entry.at, zone), entry.at, id), ...item },
    ConditionExpression: 'attribute_not_exists(pk)',
  };
}
