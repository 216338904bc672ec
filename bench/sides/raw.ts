import { randomUUID } from 'node:crypto';
import {
  BatchGetItemCommand,
  type BatchGetItemOutput,
  DynamoDBClient,
  GetItemCommand,
  type GetItemOutput,
  QueryCommand,
  type QueryOutput,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { Pool } from 'undici';
import { LOCAL_AWS } from '../../local/aws.ts';
import type { Key } from '../../shared/store/keys.ts';
import type { Outcome } from '../stats.ts';
import { inLanes, type Timed } from './lanes.ts';

/**
 * The least a client of the same engine could do: the same reads and the same three-item transaction as a booking makes,
 * on items of the same size, with no rules, no roles, no parsing of input and no views.
 */
export type RawBooking = {
  readonly slot: Key;
  readonly lock: Key;
  readonly booking: Key;
  readonly pools: readonly Key[];
  readonly poolPrefix: string;
  readonly roster: { readonly pk: string; readonly sk: string };
};
export type RawJob = {
  readonly side: 'raw-sdk' | 'raw-http';
  readonly endpoint: string;
  readonly table: string;
  readonly lanes: number;
} & ({ readonly book: readonly RawBooking[] } | { readonly weeks: number; readonly days: readonly string[] });

type Attribute = { S?: string; N?: string; BOOL?: boolean; L?: Attribute[]; M?: Record<string, Attribute> };
type Attributes = Record<string, Attribute>;

/** Thrown by both ways of calling when a transaction was cancelled. */
type Cancelled = { CancellationReasons?: { Code?: string }[] };
type Calls = {
  readonly batchGet: (input: object) => Promise<BatchGetItemOutput>;
  readonly query: (input: object) => Promise<QueryOutput>;
  readonly get: (input: object) => Promise<GetItemOutput>;
  readonly transact: (input: object) => Promise<unknown>;
};

/** Through the SDK's own client, attributes as they go over the wire. */
function throughSdk(endpoint: string): Calls {
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint });
  return {
    batchGet: async (input) => await client.send(new BatchGetItemCommand(input as never)),
    query: async (input) => await client.send(new QueryCommand(input as never)),
    get: async (input) => await client.send(new GetItemCommand(input as never)),
    transact: async (input) => await client.send(new TransactWriteItemsCommand(input as never)),
  };
}

/** JSON over kept connections, without the SDK. The transaction's token is what the SDK would put there. */
function throughHttp(endpoint: string, lanes: number): Calls {
  const pool = new Pool(endpoint, { connections: lanes, pipelining: 1 });
  const call = (operation: string) => async (input: object) => {
    const answer = await pool.request({
      path: '/',
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': '20260101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(input),
    });
    const parsed = await answer.body.json();
    if (answer.statusCode !== 200) throw parsed;
    return parsed as object;
  };
  const transact = call('TransactWriteItems');
  return {
    batchGet: call('BatchGetItem'),
    query: call('Query'),
    get: call('GetItem'),
    transact: async (input) => await transact({ ...input, ClientRequestToken: randomUUID() }),
  };
}

const keyOf = ({ pk, sk }: Key): Attributes => ({ pk: { S: pk }, sk: { S: sk } });

export async function runRaw(job: RawJob, calls = callsOf(job)): Promise<Timed> {
  if ('book' in job) return await inLanes(job.lanes, job.book, async (work) => await book(calls, job.table, work));
  const weeks = Array.from({ length: job.weeks }, () => job.days);
  return await inLanes(job.lanes, weeks, async (days) => {
    const found = await Promise.all(days.map(async (pk) => await calls.query(dayOf(job.table, pk))));
    return found.every(({ Items }) => (Items ?? []).length > 0) ? 'ok' : 'error';
  });
}

const callsOf = ({ side, endpoint, lanes }: RawJob): Calls =>
  side === 'raw-sdk' ? throughSdk(endpoint) : throughHttp(endpoint, lanes);

const dayOf = (table: string, pk: string) => ({
  TableName: table,
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': { S: pk } },
});

async function book(calls: Calls, table: string, work: RawBooking): Promise<Outcome> {
  const first = keyOf(work.pools[0] as Key);
  for (;;) {
    const seen = await calls.batchGet({
      RequestItems: { [table]: { Keys: [keyOf(work.slot), keyOf(work.lock), first] } },
    });
    const items = (seen.Responses?.[table] ?? []) as Attributes[];
    const slot = items.find((it) => it['kind']?.S === 'slot');
    const lock = items.find((it) => it['kind']?.S === 'lock');
    if (!slot || !lock) return 'error';
    const pool =
      work.pools.length === 1 ? items.find((it) => it['kind']?.S === 'pool') : await pick(calls, table, work);
    const place = pool && Number(pool['free']?.N) > 0 ? pool : await pick(calls, table, work, true);
    if (!place) {
      await calls.get({ TableName: table, Key: keyOf(work.booking), ConsistentRead: true });
      return 'full';
    }
    try {
      await calls.transact({ TransactItems: transaction(table, work, slot, lock, place) });
      return 'ok';
    } catch (error) {
      if (!(error as Cancelled).CancellationReasons) throw error;
    }
  }
}

/** A pool with room, at random. */
async function pick(
  calls: Calls,
  table: string,
  work: RawBooking,
  consistent = false,
): Promise<Attributes | undefined> {
  const { Items } = await calls.query({
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
    ExpressionAttributeValues: { ':pk': { S: work.slot.pk }, ':sk': { S: work.poolPrefix } },
    ConsistentRead: consistent,
  });
  const free = ((Items ?? []) as Attributes[]).filter((it) => Number(it['free']?.N) > 0);
  return free[Math.floor(Math.random() * free.length)];
}

function transaction(table: string, work: RawBooking, slot: Attributes, lock: Attributes, pool: Attributes) {
  const now = { S: new Date().toISOString() };
  const version = Number(lock['version']?.N ?? 0);
  const digest = { S: '0123456789abcdefghijkl' };
  const booking: Attributes = {
    ...keyOf(work.booking),
    kind: { S: 'booking' },
    bookingId: { S: `${lock['personId']?.S}_${work.booking.sk}` },
    personId: lock['personId'] as Attribute,
    ...copied(slot),
    pool: pool['k'] as Attribute,
    status: { S: 'booked' },
    firstTime: { BOOL: true },
    createdAt: now,
    changedAt: now,
    accepted: { L: [{ M: { key: digest, input: digest } }] },
    version: { N: '1' },
    gsi1pk: { S: work.roster.pk },
    gsi1sk: { S: work.roster.sk },
  };
  return [
    {
      Update: {
        TableName: table,
        Key: { pk: pool['pk'], sk: pool['sk'] },
        UpdateExpression: 'SET #free = #free - :one',
        ConditionExpression: '#open = :true AND #free > :zero',
        ExpressionAttributeNames: { '#free': 'free', '#open': 'open' },
        ExpressionAttributeValues: { ':one': { N: '1' }, ':zero': { N: '0' }, ':true': { BOOL: true } },
      },
    },
    {
      Put: {
        TableName: table,
        Item: {
          ...lock,
          commitments: { L: [{ S: `${work.booking.sk} d 1abcde 1abcdf ${slot['slotId']?.S}` }] },
          version: { N: String(version + 1) },
        },
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': { N: String(version) } },
      },
    },
    { Put: { TableName: table, Item: booking, ConditionExpression: 'attribute_not_exists(pk)' } },
  ];
}

const COPIED = [
  ...['slotId', 'slotKind', 'containerId', 'place', 'address', 'procedure'],
  ...['startsAt', 'endsAt', 'date', 'zone', 'cutoffMinutes'],
];
const copied = (slot: Attributes): Attributes =>
  Object.fromEntries(COPIED.map((name) => [name, slot[name] as Attribute]));
