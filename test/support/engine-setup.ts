import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TestProject } from 'vitest/node';
import { LOCAL_AWS } from '../../local/aws.ts';
import { type Engine, startEngine } from '../../local/engine.ts';
import { tendStream } from '../../local/stream-index.ts';
import { createTables } from '../../local/tables.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    engineEndpoint: string;
  }
}

/** One engine for all the files of a project, in a folder that goes with it. DYNAMODB_ENDPOINT names another instead. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const other = process.env['DYNAMODB_ENDPOINT'];
  if (other) {
    project.provide('engineEndpoint', other);
    return async () => {};
  }
  const folder = await mkdtemp(join(tmpdir(), 'nuanliu-test-'));
  const engine = await startIndexed(join(folder, 'engine.db'));
  project.provide('engineEndpoint', engine.endpoint);
  return async () => {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** The index of the stream can only be made while the engine is stopped, and only once it has had a table with one. */
async function startIndexed(dbPath: string): Promise<Engine> {
  const first = await startEngine({ dbPath });
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: first.endpoint });
  await createTables(client, { schedule: 'first-schedule', private: 'first-private' });
  client.destroy();
  await first.stop();
  tendStream(dbPath);
  return await startEngine({ dbPath });
}
