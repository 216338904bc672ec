import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import { inject } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { createQueue } from '../../local/endpoints/queue.ts';
import { freePort } from '../../local/engine.ts';
import { readCheckpoint } from '../../local/runners/stream.ts';
import { findRunning } from '../../local/running.ts';
import { createSettings, openDatabase } from '../../local/settings.ts';
import { issuerFor, subjectFor } from '../../local/subjects.ts';
import { createStore, type Store } from '../../shared/store/client.ts';
import { endFactorSessions, factorSessionItem } from '../../shared/store/factors.ts';
import { createPeople } from '../../shared/store/people.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = (module: string, args: readonly string[]) => [join(ROOT, 'local/run.js'), join(ROOT, module), ...args];
const READY = /^Nuanliu is ready at (\S+)$/m;
const READY_MS = 60_000;

/** A text as the phone page shows it. */
export type Text = { readonly id: number; readonly body: string };

export type Server = Awaited<ReturnType<typeof startOn>>;

declare module 'vitest' {
  export interface ProvidedContext {
    /** The data folder of a stopped deployment with the demo city, when everybody in it was told what there was to tell. */
    city: string;
  }
}

/** A deployment with the demo city, which need not be made and announced anew: on a copy of the one made before the first story. */
export async function startServer(): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), 'nuanliu-e2e-'));
  await cp(inject('city'), data, { recursive: true });
  return await startOn({ data });
}

/** The deployment as `npm start` starts it: a process of its own, on a free port and a folder of its own unless told which. */
export async function startOn(options: { flags?: readonly string[]; data?: string } = {}) {
  const port = await freePort();
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'nuanliu-e2e-')));
  const args = ['--port', String(port), '--data', data, ...(options.flags ?? [])];
  const url = `http://127.0.0.1:${port}`;
  let child = await started(args);

  const server = {
    url,
    port,
    data,

    /** Ctrl-C: it must end by itself, well, and leave nothing behind. The folder goes too unless it is to be kept. */
    async stop(after: { keep?: boolean } = {}): Promise<void> {
      child.kill('SIGINT');
      const [code, signal] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
      const left = processesNaming(data);
      if (!after.keep) await rm(data, { recursive: true, force: true });
      if (code !== 0) throw new Error(`it ended with ${code ?? signal}`);
      if (left.length > 0) throw new Error(`it left behind: ${left.join('; ')}`);
    },

    /** As a crash would: no goodbye. */
    async kill(): Promise<void> {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },

    /** Starts again on the same port and folder, after `stop({ keep: true })` or `kill()`. */
    async restart(): Promise<void> {
      child = await started(args);
    },

    /** What `npm run token` prints, asked for as it asks. */
    async tokens(phone: string, count = 1): Promise<string[]> {
      const running = findRunning({ data });
      if (!running) throw new Error('it does not run');
      const answer = await fetch(`${running.endpoints}/tokens`, {
        method: 'POST',
        headers: { authorization: `Bearer ${running.secret}` },
        body: JSON.stringify({ phone, count }),
      });
      const { tokens, error } = (await answer.json()) as { tokens?: string[]; error?: string };
      if (!tokens) throw new Error(error);
      return tokens;
    },

    /** Texts of a number, oldest first. */
    async texts(phone: string): Promise<Text[]> {
      const answer = await fetch(`${url}/phone/messages?${new URLSearchParams({ number: phone })}`);
      const { messages } = (await answer.json()) as { messages: Text[] };
      return [...messages].sort((a, b) => a.id - b.id);
    },

    /** What a new browser asks a person of the demo city for; undefined for anybody else. */
    async secondFact(phone: string): Promise<{ birthDate: string; lastFour: string } | undefined> {
      type Person = { phone: string; secondFact?: { birthDate: string; lastFour: string } };
      const { people } = (await (await fetch(`${url}/phone/numbers`)).json()) as { people: Person[] };
      return people.find((person) => person.phone === phone)?.secondFact;
    },

    /** Notes of everybody of a number that they have shown their second factor in a browser. */
    async showFactor(phone: string, device: string | undefined): Promise<void> {
      const store = server.store();
      const at = { iss: issuerFor(url), sub: subjectFor(phone), device };
      for (const { personId } of await createPeople(store).withPhone(phone)) {
        await store.transact([factorSessionItem(at, personId, new Date(Date.now() + 86_400_000).toISOString())]);
      }
    },

    /** As if the time for which everybody of a number had shown their second factor were over. */
    async endFactor(phone: string): Promise<void> {
      const store = server.store();
      for (const { personId } of await createPeople(store).withPhone(phone)) {
        for (const removal of await endFactorSessions(store, personId)) await store.transact([removal]);
      }
    },

    /** What the authenticator of a person of the demo city shows, as the phone page says it. */
    async factorCode(phone: string): Promise<string> {
      const answer = await fetch(`${url}/phone/authenticator?${new URLSearchParams({ number: phone })}`);
      const { items } = (await answer.json()) as { items: { code: string }[] };
      return items[0]?.code ?? '';
    },

    /** The first text of a number that has this in it and came after `after`, as soon as it is there. */
    async textWith(phone: string, pattern: RegExp, after = 0): Promise<Text> {
      return await eventually(`a text to ${phone} like ${pattern}`, async () =>
        (await server.texts(phone)).find(({ id, body }) => id > after && pattern.test(body)),
      );
    },

    /** Waits until all that was written was announced and all that was queued was sent. */
    async settled(): Promise<void> {
      const streams = new DynamoDBStreamsClient({ ...LOCAL_AWS, endpoint: `http://127.0.0.1:${enginePort(data)}` });
      const db = openDatabase(join(data, 'local.db'));
      try {
        const queue = createQueue(db, Date.now);
        await eventually('an end of what is announced', async () => {
          const at = readCheckpoint(createSettings(db));
          if (!at || queue.nextAt() !== undefined) return undefined;
          const { ShardIterator } = await streams.send(
            new GetShardIteratorCommand({
              StreamArn: at.streamArn,
              ShardId: at.shardId,
              ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
              SequenceNumber: at.sequenceNumber,
            }),
          );
          const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator, Limit: 1 }));
          return Records?.length ? undefined : true;
        });
      } finally {
        db.close();
        streams.destroy();
      }
    },

    /** As if no code of a sign-in had been sent in the last hour: the next need not be waited for. */
    forgetCodes(): void {
      const db = openDatabase(join(data, 'local.db'));
      db.exec('UPDATE code_sent SET at = 0');
      db.close();
    },

    /** The deployment's own tables, for what no route can arrange. */
    store(): Store {
      const endpoint = `http://127.0.0.1:${enginePort(data)}`;
      return createStore({
        tableName: 'schedule',
        privateTableName: 'private',
        client: { ...LOCAL_AWS, endpoint },
      });
    },
  };
  return server;
}

/** Starts it and waits for its ready line; if it ends or stays silent, what it said is in the error. */
async function started(args: readonly string[]): Promise<ChildProcess> {
  const { NODE_ENV: _, VITEST: __, DYNAMODB_ENDPOINT: ___, ...env } = process.env;
  const child = spawn(process.execPath, run('local/start.ts', args), {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ready = new Promise<boolean>((resolve) => {
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000);
      if (READY.test(said)) resolve(true);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => resolve(false));
    setTimeout(resolve, READY_MS, false).unref();
  });
  if (await ready) return child;
  child.kill('SIGKILL');
  throw new Error(`the server did not get ready; it said:\n${said}`);
}

/** Command lines of processes that name something, where /proc tells. */
export function processesNaming(what: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ');
        return command.includes(what) ? [command] : [];
      } catch {
        return [];
      }
    });
}

/** The engine of a data folder says on its command line where it listens. */
function enginePort(data: string): string {
  const pid = readFileSync(join(data, 'engine.pid'), 'utf8');
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  const port = command[command.indexOf('-p') + 1];
  if (!port) throw new Error('the engine does not say where it listens');
  return port;
}

const EVENTUALLY_MS = 40_000;
const LOOK_MS = 60;

/** Looks again and again until there is something. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + EVENTUALLY_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`there never was ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
