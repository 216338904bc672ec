import { DatabaseSync } from 'node:sqlite';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Loop } from '../../local/runners/loop.ts';
import { MAX_TRIES, runStream } from '../../local/runners/stream.ts';
import { createSettings, type Settings } from '../../local/settings.ts';
import type { Store } from '../../shared/store/client.ts';
import { engineClient, freshTables, storeOn } from '../support/engine.ts';

let store: Store;
let streamArn: string;
let settings: Settings;
let aside: unknown[];
const loops: Loop[] = [];

beforeEach(async () => {
  const tables = await freshTables();
  store = storeOn(tables);
  const { Table } = await new DynamoDBClient(engineClient()).send(
    new DescribeTableCommand({ TableName: tables.schedule }),
  );
  streamArn = Table?.LatestStreamArn ?? '';
  settings = createSettings(new DatabaseSync(':memory:'));
  aside = [];
});
afterEach(async () => {
  await Promise.all(loops.splice(0).map((loop) => loop.stop()));
});

type Consumer = (event: DynamoDBStreamEvent) => Promise<unknown>;

function start(consumer: Consumer): Loop {
  const loop = runStream({
    streams: new DynamoDBStreamsClient(engineClient()),
    streamArn,
    settings,
    handler: async (event) => await consumer(event as DynamoDBStreamEvent),
    warn: () => {},
    putAside: (record) => aside.push(record),
  });
  loops.push(loop);
  return loop;
}

const write = async (...names: string[]) => {
  for (const sk of names) await store.put({ Item: { pk: 'A', sk } });
};
const namesOf = (event: DynamoDBStreamEvent) => event.Records.map(({ dynamodb }) => dynamodb?.Keys?.['sk']?.S ?? '');
const failing = (event: DynamoDBStreamEvent, name: string) => ({
  batchItemFailures: event.Records.filter(({ dynamodb }) => dynamodb?.Keys?.['sk']?.S === name).map(({ dynamodb }) => ({
    itemIdentifier: dynamodb?.SequenceNumber,
  })),
});

test('a record looks as it does in Lambda', async () => {
  await store.put({ Item: { pk: 'A', sk: 'x', n: 1.5 } });
  const events: DynamoDBStreamEvent[] = [];
  start(async (event) => void events.push(event));
  await vi.waitFor(() => expect(events).toHaveLength(1));
  expect(events[0]?.Records[0]).toMatchObject({
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    eventSourceARN: streamArn,
    dynamodb: {
      NewImage: { pk: { S: 'A' }, sk: { S: 'x' }, n: { N: '1.5' } },
      ApproximateCreationDateTime: expect.any(Number),
      SequenceNumber: expect.any(String),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  });
});

test('what was written while nobody ran is announced at the next start, and nothing twice', async () => {
  const seen: string[] = [];
  const consumer: Consumer = async (event) => void seen.push(...namesOf(event));
  await write('a');
  const first = start(consumer);
  await vi.waitFor(() => expect(seen).toEqual(['a']));
  await first.stop();
  await write('b', 'c');
  start(consumer);
  await vi.waitFor(() => expect(seen).toEqual(['a', 'b', 'c']));
});

test('killed before the consumer had answered: delivered again', async () => {
  await write('a', 'b');
  const before: string[] = [];
  // Never answers, as when the process is killed in the middle: the checkpoint does not move.
  const hung = new Promise(() => {});
  const killed = runStream({
    streams: new DynamoDBStreamsClient(engineClient()),
    streamArn,
    settings,
    handler: async (event) => {
      before.push(...namesOf(event as DynamoDBStreamEvent));
      await hung;
    },
    warn: () => {},
    putAside: () => {},
  });
  await vi.waitFor(() => expect(before).toEqual(['a', 'b']));
  void killed;

  const after: string[] = [];
  start(async (event) => void after.push(...namesOf(event)));
  await vi.waitFor(() => expect(after).toEqual(['a', 'b']));
});

test('from a record that failed on, everything comes again, in order', async () => {
  await write('a', 'b', 'c');
  const batches: string[][] = [];
  start(async (event) => {
    batches.push(namesOf(event));
    return batches.length === 1 ? failing(event, 'b') : undefined;
  });
  await vi.waitFor(() =>
    expect(batches).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]),
  );
});

test('a record that never succeeds is put aside whole, and the rest goes on', async () => {
  await write('first', 'bad', 'good');
  const seen: string[] = [];
  let tries = 0;
  const loop = start(async (event) => {
    const names = namesOf(event);
    if (names.includes('bad')) {
      tries += 1;
      setImmediate(() => loop.wake());
      throw new Error('broken');
    }
    seen.push(...names);
    return undefined;
  });
  await vi.waitFor(() => expect(seen).toEqual(['first', 'good']), { timeout: 20_000 });
  expect(tries).toBeGreaterThanOrEqual(MAX_TRIES);
  expect(aside).toMatchObject([{ dynamodb: { NewImage: { sk: { S: 'bad' } } } }]);
});

test('a write is announced within a second', async () => {
  const seen: string[] = [];
  start(async (event) => void seen.push(...namesOf(event)));
  await write('a');
  await vi.waitFor(() => expect(seen).toEqual(['a']), { timeout: 1_000 });
});
