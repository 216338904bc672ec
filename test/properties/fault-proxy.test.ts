import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import * as fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { freshTables } from '../support/engine.ts';
import { createPast } from '../support/fault-proxy/past.ts';
import { BAD_DAY, createPlan, NO_FAULTS, type Rates } from '../support/fault-proxy/plan.ts';
import { createStreamOrder, type WireRecord } from '../support/fault-proxy/stream-order.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';

let table: string;
const proxies: FaultProxy[] = [];
const clients: { destroy(): void }[] = [];

beforeAll(async () => {
  table = (await freshTables()).schedule;
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const proxy of proxies.splice(0)) await proxy.stop();
});

/** A client that tries once, behind a proxy with these faults. */
async function behind(rates: Partial<Rates>, maxAttempts = 1) {
  const plan = createPlan(7, { ...NO_FAULTS, ...rates });
  const proxy = await startFaultProxy({ target: inject('engineEndpoint'), plan });
  proxies.push(proxy);
  const settings = { ...LOCAL_AWS, endpoint: proxy.endpoint, maxAttempts };
  const client = new DynamoDBClient({
    ...settings,
    requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true },
  });
  const streams = new DynamoDBStreamsClient(settings);
  clients.push(client, streams);
  return { proxy, client, streams };
}

let made = 0;
const newKey = () => {
  made += 1;
  return { pk: { S: `PROOF#${made}` }, sk: { S: 'A' } };
};
const put = (key: object, n: string) =>
  new PutItemCommand({ TableName: table, Item: { ...key, n: { S: n } } as never });
const get = (key: object, ConsistentRead = false) =>
  new GetItemCommand({ TableName: table, Key: key as never, ConsistentRead });
const transact = (...keys: object[]) =>
  new TransactWriteItemsCommand({
    TransactItems: keys.map((key) => ({
      Update: {
        TableName: table,
        Key: key as never,
        UpdateExpression: 'ADD #n :one',
        ExpressionAttributeNames: { '#n': 'count' },
        ExpressionAttributeValues: { ':one': { N: '1' } },
      },
    })),
  });
const direct = async () => (await behind({})).client;
const nameOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'answered',
    (error: Error & { code?: string }) => error.code ?? error.name,
  );

describe('a transaction in flight', () => {
  it('cancels another that touches one of its items, naming which, and lets one on other items through', async () => {
    const { client, proxy } = await behind({ holdMs: [40, 40] });
    const [a, b, c] = [newKey(), newKey(), newKey()];
    const results = await Promise.allSettled([
      client.send(transact(a, b)),
      client.send(transact(c, b)),
      client.send(transact(newKey())),
    ]);
    const lost = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
    expect(lost).toHaveLength(1);
    expect(lost[0]).toBeInstanceOf(TransactionCanceledException);
    const codes = (lost[0] as TransactionCanceledException).CancellationReasons?.map(({ Code }) => Code);
    expect(codes).toEqual(['None', 'TransactionConflict']);
    expect(proxy.counts.conflicts).toBe(1);
    // Once it is over, its items are anyone's again.
    await client.send(transact(a, b));
  });

  it('refuses a single write of one of its items, and lets reads see what was before', async () => {
    const { client, proxy } = await behind({ holdMs: [60, 60] });
    const key = newKey();
    const first = client.send(transact(key));
    await until(() => proxy.attempts.has(key.pk.S));
    const [write, read] = await Promise.all([nameOf(client.send(put(key, 'x'))), client.send(get(key, true))]);
    expect(write).toBe('TransactionConflictException');
    expect(read.Item).toBeUndefined();
    await first;
    expect(await nameOf(client.send(put(key, 'x')))).toBe('answered');
    expect(proxy.counts.singleConflicts).toBe(1);
  });

  it('takes as long as its plan says', async () => {
    const { client } = await behind({ holdMs: [30, 31] });
    const before = performance.now();
    await client.send(transact(newKey()));
    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
  });
});

describe('what happens to a request', () => {
  it('is a throttle under each of its names, and nothing is written', async () => {
    const { client } = await behind({ throttle: 1 });
    const names = new Set<string>();
    const keys = Array.from({ length: 24 }, newKey);
    for (const key of keys) names.add(await nameOf(client.send(transact(key))));
    expect([...names].sort()).toEqual([
      'InternalServerError',
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'ThrottlingException',
      'TransactionCanceledException',
    ]);
    const seen = await (await direct()).send(get(keys[0] as object, true));
    expect(seen.Item).toBeUndefined();
  });

  it('is a connection that goes before the request was heard', async () => {
    const { client, proxy } = await behind({ drop: 1 });
    const key = newKey();
    expect(await nameOf(client.send(put(key, 'x')))).toBe('ECONNRESET');
    expect((await (await direct()).send(get(key, true))).Item).toBeUndefined();
    expect(proxy.counts.dropped).toBe(1);
  });

  it('is a connection that goes after the write was made', async () => {
    const { client, proxy } = await behind({ lose: 1 });
    const key = newKey();
    expect(await nameOf(client.send(put(key, 'x')))).toBe('ECONNRESET');
    expect((await (await direct()).send(get(key, true))).Item?.['n']?.S).toBe('x');
    expect(proxy.counts.lost).toBe(1);
  });

  it('is an answer that never comes', async () => {
    const { client, proxy } = await behind({ stall: 1 });
    const key = newKey();
    expect(await nameOf(client.send(put(key, 'x')))).toBe('ETIMEDOUT');
    expect((await (await direct()).send(get(key, true))).Item?.['n']?.S).toBe('x');
    expect(proxy.counts.stalled).toBe(1);
  });

  it('may befall every repeat that the SDK makes of it, and a transaction is still made once', async () => {
    const { client, proxy } = await behind({ lose: 1, stubborn: 1 }, 3);
    const key = newKey();
    expect(await nameOf(client.send(transact(key)))).toBe('ECONNRESET');
    expect(proxy.counts.lost).toBe(3);
    expect((await (await direct()).send(get(key, true))).Item?.['count']?.N).toBe('1');
  });

  it('is a batch of keys answered in part, the rest named', async () => {
    const { client } = await behind({ unprocessed: 1 });
    const keys = Array.from({ length: 5 }, newKey);
    for (const key of keys) await client.send(put(key, 'x'));
    const answer = await client.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys: keys } } }));
    const left = answer.UnprocessedKeys?.[table]?.Keys?.length ?? 0;
    expect(left).toBeGreaterThan(0);
    expect((answer.Responses?.[table]?.length ?? 0) + left).toBe(5);
  });
});

describe('a read that need not be consistent', () => {
  it('answers with what an item was within the lag, and never with what it never was', async () => {
    const { client, proxy } = await behind({ lagMs: 200 });
    const key = newKey();
    const written: string[] = [];
    for (let n = 0; n < 40; n += 1) {
      await client.send(put(key, String(n)));
      written.push(String(n));
      const [strong, weak, batch] = await Promise.all([
        client.send(get(key, true)),
        client.send(get(key)),
        client.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys: [key] } } })),
      ]);
      expect(strong.Item?.['n']?.S).toBe(String(n));
      for (const seen of [weak.Item, batch.Responses?.[table]?.[0]]) {
        expect([undefined, ...written]).toContain(seen?.['n']?.S);
      }
    }
    expect(proxy.counts.stale).toBeGreaterThan(10);
  });

  it('is behind in an index even where the table is not, and comes right by itself', async () => {
    const { client, proxy } = await behind({ indexLagMs: 400 });
    const roster = { gsi1pk: { S: `ROSTER#${newKey().pk.S}` } };
    const query = (more: object = {}) =>
      client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'gsi1',
          KeyConditionExpression: '#pk = :pk',
          ExpressionAttributeNames: { '#pk': 'gsi1pk' },
          ExpressionAttributeValues: { ':pk': roster.gsi1pk },
          ...more,
        }),
      );
    const keys = Array.from({ length: 30 }, newKey);
    let behindAtOnce = 0;
    for (const [n, key] of keys.entries()) {
      await client.send(put({ ...key, ...roster, gsi1sk: { S: String(n).padStart(3, '0') } }, String(n)));
      if ((await query()).Count !== n + 1) behindAtOnce += 1;
      expect((await client.send(get(key, true))).Item).toBeDefined();
    }
    expect(behindAtOnce).toBeGreaterThan(0);
    expect(proxy.counts.stale).toBeGreaterThan(0);
    await until(async () => (await query()).Count === 30, 2_000);
    // An entry that leaves the index stays in it for a while; pages go on where they ended.
    await client.send(put(keys[0] as object, 'gone'));
    await until(async () => (await query()).Count === 29, 2_000);
    const settled = Date.now() + 450;
    await until(() => Date.now() > settled);
    let pages = 0;
    let start: Record<string, unknown> | undefined;
    const seen: string[] = [];
    do {
      const page = await query({ Limit: 10, ...(start && { ExclusiveStartKey: start }) });
      seen.push(...(page.Items ?? []).map((item) => item['n']?.S ?? ''));
      start = page.LastEvaluatedKey;
      pages += 1;
    } while (start && pages < 9);
    expect(seen).toEqual(Array.from({ length: 29 }, (_, n) => String(n + 1)));
  });

  it('takes back what it kept of a change that was refused', () => {
    const past = createPast(1_000);
    past.note('["t","a","b"]', 't', undefined, 100)();
    expect(past.since('t', 0).size).toBe(0);
  });
});

describe('stream records', () => {
  const record = (item: number, n: number, sequence: number): WireRecord =>
    ({
      dynamodb: { Keys: { pk: { S: `i${item}` } }, SequenceNumber: String(sequence).padStart(6, '0') },
      n,
    }) as WireRecord;

  it('come in another order, but for those of one item, and in the same one to who comes back', () => {
    void fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 30 }), fc.nat(29), fc.nat(), (items, from, seed) => {
        const all = items.map((item, n) => record(item, n, n));
        const order = createStreamOrder(createPlan(seed, { ...NO_FAULTS, reorder: true }));
        const first = order(all) as (WireRecord & { n: number })[];
        for (const item of new Set(items)) {
          const own = first.filter(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S === `i${item}`).map(({ n }) => n);
          expect(own).toEqual([...own].sort((a, b) => a - b));
        }
        expect(first.map(({ dynamodb }) => dynamodb?.SequenceNumber)).toEqual(
          all.map(({ dynamodb }) => dynamodb?.SequenceNumber),
        );
        expect(first.map(({ n }) => n).sort()).toEqual(all.map((it) => (it as never as { n: number }).n).sort());
        expect(order(all.slice(from))).toEqual(first.slice(from));
      }),
      { numRuns: 200 },
    );
  });

  it('come again, out of order, from the engine itself, and every change comes', async () => {
    const { client, streams, proxy } = await behind({ reorder: true, repeat: 0.5 });
    const { Streams } = await streams.send(new ListStreamsCommand({ TableName: table }));
    const StreamArn = Streams?.[0]?.StreamArn;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
    const keys = Array.from({ length: 12 }, newKey);
    for (let n = 0; n < 3; n += 1) for (const key of keys) await client.send(put(key, String(n)));
    const seen = new Map<string, string[]>();
    let { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    await until(async () => {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator, Limit: 20 }));
      ShardIterator = page.NextShardIterator;
      for (const { dynamodb } of page.Records ?? []) {
        const pk = dynamodb?.Keys?.['pk']?.S ?? '';
        seen.set(pk, [...(seen.get(pk) ?? []), dynamodb?.NewImage?.['n']?.S ?? '']);
      }
      return (page.Records ?? []).length === 0;
    });
    for (const key of keys) expect([...new Set(seen.get(key.pk.S))]).toEqual(['0', '1', '2']);
    expect(proxy.counts.reordered).toBeGreaterThan(0);
    expect(proxy.counts.repeated).toBeGreaterThan(0);
  });
});

describe('the plan', () => {
  it('is the same for the same seed, and another for another', () => {
    const draw = (seed: number) => {
      const plan = createPlan(seed, BAD_DAY);
      return Array.from({ length: 500 }, (_, n) => [
        plan.fate(n),
        plan.holdMs(n),
        plan.lagMs(n, 'index'),
        plan.pick(n, 9),
      ]);
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('does each thing about as often as it is told to', () => {
    const plan = createPlan(3, { ...BAD_DAY, throttle: 0.1, drop: 0.1, lose: 0.1, stall: 0.1 });
    const seen: Record<string, number> = {};
    for (let n = 0; n < 20_000; n += 1) {
      const { kind } = plan.fate(n);
      seen[kind] = (seen[kind] ?? 0) + 1;
    }
    for (const kind of ['throttled', 'dropped', 'lost', 'stalled']) {
      expect(seen[kind]).toBeGreaterThan(1_700);
      expect(seen[kind]).toBeLessThan(2_300);
    }
  });

  it('that is empty makes nothing up: every answer is the engine’s own', async () => {
    const { client, proxy } = await behind({});
    const key = newKey();
    await Promise.all(Array.from({ length: 40 }, () => client.send(transact(key, newKey()))));
    expect((await client.send(get(key))).Item?.['count']?.N).toBe('40');
    expect(Object.values(proxy.counts).every((count) => count === 0)).toBe(true);
  });
});

async function until(holds: () => boolean | Promise<boolean>, forMs = 1_000): Promise<void> {
  const deadline = Date.now() + forMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it never came to be');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
