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
  const found: { sub: string; personId: string }[] = [];
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
      const { pk, personId } = unmarshall(marshalled) as PhoneItem & { pk: string };
      if (prefixOf(pk) === 'phone') found.push({ sub: subjectFor(pk.slice(pk.indexOf('+'))), personId });
    }
  }
  const before = (await options.store.batchGet(
    found.map(({ sub }) => keys.subject(subjectDigest({ iss: issuerFor(options.from), sub }))),
  )) as (SubjectItem | undefined)[];
  const links = found
    .filter(({ personId }, n) => before[n]?.personId === personId)
    .map(({ sub, personId }) => directLink({ iss: issuerFor(options.to), sub }, personId));
  let linked = 0;
  for (let n = 0; n < links.length; n += AT_ONCE) {
    const some = links.slice(n, n + AT_ONCE);
    // Where one of them is there already, each is tried for itself.
    const all = await options.store.transact(some.flat());
    if (all.ok) linked += some.length;
    else for (const link of some) if ((await options.store.transact(link)).ok) linked += 1;
  }
  return linked;
}

/** A link is two items, and a transaction has at most a hundred. */
const AT_ONCE = 50;
