import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort, startEngine } from '../../local/engine.ts';
import { freshStore, freshTables, storeOn } from '../support/engine.ts';

test('each store has tables of its own', async () => {
  const [one, other] = await Promise.all([freshStore(), freshStore()]);
  await one.put({ Item: { pk: 'A', sk: 'B', n: 1 } });
  await one.put({ table: 'private', Item: { pk: 'A', sk: 'B', n: 2 } });
  expect(await one.get({ pk: 'A', sk: 'B' })).toEqual({ pk: 'A', sk: 'B', n: 1 });
  expect(await one.get({ pk: 'A', sk: 'B' }, { table: 'private' })).toEqual({ pk: 'A', sk: 'B', n: 2 });
  expect(await other.get({ pk: 'A', sk: 'B' })).toBeUndefined();
});

test('an index finds what carries its keys', async () => {
  const store = storeOn(await freshTables());
  await store.put({ Item: { pk: 'A', sk: 'B', gsi1pk: 'X', gsi1sk: 'Y' } });
  await store.put({ Item: { pk: 'A', sk: 'C' } });
  const { items } = await store.query({ pk: 'X', index: 'gsi1' });
  expect(items).toMatchObject([{ pk: 'A', sk: 'B' }]);
});

test('the engine takes another port where somebody was faster, even somebody who never answers', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port: taken } = silent.address() as { port: number };
  const folder = await mkdtemp(join(tmpdir(), 'nuanliu-engine-'));
  const dbPath = join(folder, 'engine.db');
  const ports = [taken, await freePort()];
  const engine = await startEngine({ dbPath }, async () => ports.shift() ?? 0);
  await engine.stop();
  expect([engine.port === taken, ports]).toEqual([false, []]);
  await expect(startEngine({ dbPath, port: taken })).rejects.toThrow('already in use');
  silent.close();
  await rm(folder, { recursive: true });
});
