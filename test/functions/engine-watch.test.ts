import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { type DataFolder, noteEngine, openDataFolder } from '../../local/data-folder.ts';
import { engineBinary, freePort } from '../../local/engine.ts';
import { readCheckpoint, runStream } from '../../local/runners/stream.ts';
import { createSettings } from '../../local/settings.ts';
import { tendStream } from '../../local/stream-index.ts';
import { type SupervisedEngine, superviseEngine } from '../../local/supervised-engine.ts';
import { createTables } from '../../local/tables.ts';
import { createStore } from '../../shared/store/client.ts';

const TABLES = { schedule: 'schedule', private: 'private' };
let path: string;
let folder: DataFolder;
let engine: SupervisedEngine | undefined;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'nuanliu-engine-'));
  folder = await openDataFolder(path);
});
afterEach(async () => {
  await engine?.stop();
  engine = undefined;
  folder.release();
  await rm(path, { recursive: true, force: true });
});

const answers = async () => (await fetch(engine?.endpoint ?? '')).headers.has('x-dynoxide-version');

test('an engine that was left behind is ended before another opens its file', async () => {
  const args = ['serve', '-p', String(await freePort()), '--db-path', folder.file('engine.db')];
  const old = spawn(engineBinary() ?? '', args, { stdio: 'ignore' });
  const ended = once(old, 'exit');
  noteEngine(folder, old.pid ?? 0);
  engine = await superviseEngine(folder, () => {});
  expect((await ended)[1]).toBe('SIGKILL');
  expect(await answers()).toBe(true);
});

test('a process that only has the old id is left alone', async () => {
  const stranger = spawn('sleep', ['60']);
  noteEngine(folder, stranger.pid ?? 0);
  engine = await superviseEngine(folder, () => {});
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  stranger.kill('SIGKILL');
});

test('an engine that dies answers again on the same address', async () => {
  engine = await superviseEngine(folder, () => {});
  const before = engine.pid();
  process.kill(before, 'SIGKILL');
  const another = async () => engine?.pid() !== before && (await answers());
  await vi.waitFor(async () => expect(await another()).toBe(true), { timeout: 10_000 });
});

test('tending the stream gives it its index and forgets only what was announced', async () => {
  engine = await superviseEngine(folder, () => {});
  const client = { ...LOCAL_AWS, endpoint: engine.endpoint };
  const dynamodb = new DynamoDBClient(client);
  await createTables(dynamodb, TABLES);
  const store = createStore({ tableName: TABLES.schedule, client });
  const write = async (...names: string[]) => {
    for (const sk of names) await store.put({ Item: { pk: 'A', sk } });
  };
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: TABLES.schedule }));
  const settings = createSettings(new DatabaseSync(':memory:'));
  const seen: string[] = [];
  const run = () =>
    runStream({
      streams: new DynamoDBStreamsClient(client),
      streamArn: Table?.LatestStreamArn ?? '',
      settings,
      handler: async (event) => {
        for (const { dynamodb: change } of (event as DynamoDBStreamEvent).Records)
          seen.push(change?.Keys?.['sk']?.S ?? '');
      },
      warn: () => {},
      putAside: () => {},
    });
  const tend = async () => {
    const sequenceNumber = readCheckpoint(settings)?.sequenceNumber ?? '';
    await engine?.whileStopped(() => tendStream(folder.file('engine.db'), { tableName: 'schedule', sequenceNumber }));
  };

  await write('a', 'b', 'c');
  const first = run();
  await vi.waitFor(() => expect(seen).toEqual(['a', 'b', 'c']));
  await first.stop();
  await write('d');
  await tend();
  const again = new DatabaseSync(folder.file('engine.db'), { readOnly: true });
  expect(again.prepare('SELECT sequence_number AS n FROM _stream_records').all()).toHaveLength(2);
  const plan = again.prepare(
    `EXPLAIN QUERY PLAN SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = 'schedule'`,
  );
  expect(JSON.stringify(plan.all())).toContain('nuanliu_stream_sequence');
  again.close();

  await write('e');
  const second = run();
  await vi.waitFor(() => expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']));
  await second.stop();
  // Everything announced: the newest stays, so that the engine counts on from it.
  await tend();
  await write('f');
  const third = run();
  await vi.waitFor(() => expect(seen).toEqual(['a', 'b', 'c', 'd', 'e', 'f']));
  await third.stop();
});
