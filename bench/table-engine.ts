import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LOCAL_AWS } from '../local/aws.ts';
import { startEngine } from '../local/engine.ts';
import { tendStream } from '../local/stream-index.ts';
import { createTables } from '../local/tables.ts';
import { createStore, type Store } from '../shared/store/client.ts';
import { whenInterrupted } from './endings.ts';

/** The table engine that every side but the yardstick is measured on. */
export type TableEngine = {
  readonly endpoint: string;
  readonly pid: () => number;
  /** A store on one of the tables made. */
  readonly storeOn: (table: string) => Store;
  /**
   * Stops and starts it on the same data. It keeps every transaction's ClientRequestToken in memory and slows with their
   * number, so each repetition begins without any, whichever side it is of.
   */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Starts an engine with these schedule tables, each with its stream on, and the index that streams need. */
export async function startTableEngine(options: {
  readonly port: number;
  readonly tables: readonly string[];
  readonly folder?: string;
}): Promise<TableEngine> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'nuanliu-bench-'));
  const dbPath = join(folder, 'engine.db');
  const forget = whenInterrupted(() => {
    if (!options.folder) rmSync(folder, { recursive: true, force: true });
  });
  const start = async () => await startEngine({ dbPath, port: options.port });
  let engine = await start();
  const { endpoint } = engine;
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint });
  for (const schedule of options.tables) await createTables(client, { schedule, private: 'private' });
  client.destroy();
  await engine.stop();
  tendStream(dbPath);
  engine = await start();
  return {
    endpoint,
    pid: () => engine.pid,
    storeOn: (table) => createStore({ tableName: table, client: { ...LOCAL_AWS, endpoint } }),
    restart: async () => {
      await engine.stop();
      engine = await start();
    },
    stop: async () => {
      forget();
      await engine.stop();
      if (!options.folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}
