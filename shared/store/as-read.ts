/** The condition of a write that rests on an item as it was read: unchanged since by its version, or still not there. */
export const asRead = (before: { readonly version: number } | undefined) =>
  before
    ? {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': before.version },
      }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
