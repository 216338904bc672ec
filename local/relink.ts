import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Store } from '../shared/store/client.ts';
import type { PhoneItem, SubjectItem } from '../shared/store/items/index.ts';
import { keys, prefixOf } from '../shared/store/keys.ts';
import { directLink, subjectDigest } from '../shared/store/people.ts';
import { issuerFor, subjectFor } from './subjects.ts';

/**
 * People are known by issuer and subject, and the embedded issuer's name holds the host and port. When the same data are
 * started under another origin, everyone who has signed in, or was seeded, is linked under the new name as well. The
 * embedded engine may be scanned; the deployed table is never asked to do this.
 */
export async function relinkPeople(options: {
  readonly base: DynamoDBClient;
  readonly tableName: string;
  readonly store: Store;
  readonly from: string;
  readonly to: string;
}): Promise<number> {
  let linked = 0;
  const pages = paginateScan(
    { client: options.base },
    {
      TableName: options.tableName,
      FilterExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': { S: 'phone' } },
    },
  );
  for await (const { Items } of pages) {
    for (const marshalled of Items ?? []) {
      const item = unmarshall(marshalled) as PhoneItem & { pk: string };
      if (prefixOf(item.pk) !== 'phone') continue;
      const phone = item.pk.slice(item.pk.indexOf('+'));
      const sub = subjectFor(phone);
      const before = await options.store.get<SubjectItem>(
        keys.subject(subjectDigest({ iss: issuerFor(options.from), sub })),
      );
      if (before?.personId !== item.personId) continue;
      const result = await options.store.transact(directLink({ iss: issuerFor(options.to), sub }, item.personId));
      if (result.ok) linked += 1;
    }
  }
  return linked;
}
