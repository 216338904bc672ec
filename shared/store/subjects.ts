import type { DraftItem } from './client.ts';
import type { SubjectItem } from './items/index.ts';
import { keys } from './keys.ts';

/** Replaces the links of a subject, provided nobody has since they were read; without an `after` they are gone. */
export function subjectWrite(
  subject: string,
  before: SubjectItem | undefined,
  after: SubjectItem | undefined,
): DraftItem {
  const unchanged = before
    ? {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': before.version },
      }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
  if (!after) return { Delete: { Key: keys.subject(subject), ...unchanged } };
  const item: SubjectItem = { ...after, version: (before?.version ?? 0) + 1 };
  return { Put: { Item: { ...keys.subject(subject), ...item }, ...unchanged } };
}
