import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { LOCAL_AWS } from '../../../local/aws.ts';
import { openDataFolder } from '../../../local/data-folder.ts';
import { freePort } from '../../../local/engine.ts';
import { findRunning } from '../../../local/running.ts';
import { tendStream } from '../../../local/stream-index.ts';
import { superviseEngine } from '../../../local/supervised-engine.ts';
import { createTables } from '../../../local/tables.ts';
import { createStore, type Store } from '../../../shared/store/client.ts';
import { createPlan, type Rates } from '../fault-proxy/plan.ts';
import { type FaultProxy, startFaultProxy } from '../fault-proxy.ts';
import { type Changed, changesOf } from './changes.ts';

const TABLES = { schedule: 'schedule', private: 'private' };

const MINTED_AT_ONCE = 20;

export type Text = { readonly number: string; readonly body: string; readonly at: string };
export type Item = Record<string, unknown> & { readonly pk: string; readonly sk: string; readonly kind?: string };

/** The engine, the proxy before it if wanted, and a deployment of its own process behind that. */
export type Stage = {
  readonly origin: string;
  readonly proxy: FaultProxy | undefined;
  /** Straight to the engine, past the proxy. */
  readonly store: Store;
  readonly folder: string;
  readonly tokens: (firstPhone: string, count: number) => Promise<string[]>;
  readonly killEngine: () => void;
  /** Ends the process with the stream's consumer, the sender and the clock. */
  readonly killConsumers: () => void;
  /** Ends the gateway, and with it those; settles when it is back. */
  readonly killGateway: () => Promise<void>;
  readonly items: () => Promise<Item[]>;
  readonly changes: () => readonly Changed[];
  readonly texts: () => Text[];
  readonly stop: () => Promise<void>;
};

export async function startStage(options: {
  readonly seed: number;
  /** What the proxy does; without, the deployment speaks to the engine itself. */
  readonly rates?: Rates;
}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'nuanliu-proof-'));
  const log = (line: string) => appendFileSync(join(folder, 'log.txt'), `${new Date().toISOString()} ${line}\n`);
  const engineFolder = await openDataFolder(join(folder, 'engine'));
  const engine = await superviseEngine(engineFolder, log);
  const settings = { ...LOCAL_AWS, endpoint: engine.endpoint, maxAttempts: 10 };
  const client = new DynamoDBClient(settings);
  await createTables(client, TABLES);
  await engine.whileStopped(() => tendStream(engineFolder.file('engine.db')));
  const { seed, rates } = options;
  const proxy = rates && (await startFaultProxy({ target: engine.endpoint, plan: createPlan(seed, rates) }));
  const store = createStore({ tableName: TABLES.schedule, privateTableName: TABLES.private, client: settings });

  const port = await freePort();
  const data = join(folder, 'data');
  const origin = `http://127.0.0.1:${port}`;
  let wanted = true;
  let gateway: ChildProcess | undefined;
  /** Starts it until it stands: its start may meet a fault, or an engine that has just been ended. */
  const start = async (): Promise<void> => {
    for (let tries = 1; wanted; tries += 1) {
      gateway = spawn(
        process.execPath,
        [fileURLToPath(new URL('serve.ts', import.meta.url)), '--port', String(port), '--data', data, '--no-seed'],
        {
          stdio: ['pipe', 'pipe', 'pipe'],
          env: {
            ...process.env,
            DYNAMODB_ENDPOINT: (proxy ?? engine).endpoint,
            USED_HOLD_SECONDS: '1',
            QUIET_HOURS: 'off',
            DAILY_TEXTS: '100000',
            MONTHLY_SEGMENTS: '100000000',
            LOG_LEVEL: 'ERROR',
            NODE_NO_WARNINGS: '1',
          },
        },
      );
      gateway.stderr?.on('data', (chunk: Buffer) => log(chunk.toString().trim()));
      if (await untilReady(gateway, log)) return;
      if (tries >= 10) throw new Error(`the deployment does not start: see ${folder}/log.txt`);
    }
  };
  await start();

  return {
    origin,
    proxy,
    store,
    folder,
    tokens: async (phone, count) => {
      const made: string[] = [];
      // Minting goes through the proxy like everything else, and is not what is being proved: a few at a time, or one failure
      // of a bad day would be that of thousands.
      for (let tries = 1; made.length < count; tries += 1) {
        const running = findRunning({ data });
        if (!running) throw new Error('the deployment is not running');
        const answer = await fetch(`${running.endpoints}/tokens`, {
          method: 'POST',
          headers: { authorization: `Bearer ${running.secret}` },
          body: JSON.stringify({
            phone: `+${Number(phone.slice(1)) + made.length}`,
            count: Math.min(MINTED_AT_ONCE, count - made.length),
          }),
        });
        const { tokens, error } = (await answer.json()) as { tokens?: string[]; error?: string };
        if (tokens) {
          made.push(...tokens);
          tries = 0;
        } else if (tries >= 50) throw new Error(`no tokens: ${error}`);
      }
      return made;
    },
    killEngine: () => process.kill(engine.pid(), 'SIGKILL'),
    killConsumers: () => {
      const running = findRunning({ data });
      if (running) killIfThere(running.consumers);
    },
    killGateway: async () => {
      await end(gateway, 'SIGKILL');
      await start();
    },
    items: async () => {
      const all: Item[] = [];
      for (const TableName of [TABLES.schedule, TABLES.private]) {
        for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true })) {
          for (const item of page.Items ?? []) all.push(unmarshall(item) as Item);
        }
      }
      return all;
    },
    changes: changesOf(engineFolder.file('engine.db'), TABLES.schedule),
    texts: () => {
      const db = new DatabaseSync(join(data, 'local.db'), { readOnly: true });
      try {
        return db.prepare('SELECT number, body, at FROM text').all() as unknown as Text[];
      } finally {
        db.close();
      }
    },
    stop: async () => {
      wanted = false;
      await end(gateway, 'SIGTERM');
      await proxy?.stop();
      client.destroy();
      await engine.stop();
      engineFolder.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One that is between two lives has ended already. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function untilReady(child: ChildProcess, log: (line: string) => void): Promise<boolean> {
  return await new Promise<boolean>((resolve) => {
    child.once('exit', (code) => {
      log(`the deployment ended with ${code}`);
      resolve(false);
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('ready at')) resolve(true);
    });
  });
}

const PATIENCE_MS = 5_000;

async function end(child: ChildProcess | undefined, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const waiting = new AbortController();
  const late = sleep(PATIENCE_MS, undefined, { signal: waiting.signal }).then(
    () => child.kill('SIGKILL'),
    () => {},
  );
  await gone;
  waiting.abort();
  await late;
}
