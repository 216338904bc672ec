import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { postgresPrograms, startPostgres } from './postgres.ts';

export type Yardstick = {
  readonly origin: string;
  readonly pids: readonly number[];
  readonly sql: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  readonly stop: () => Promise<void>;
};

/** The yardstick, ready; undefined where PostgreSQL is not installed. */
export async function startYardstick(ports: { postgres: number; service: number }): Promise<Yardstick | undefined> {
  const programs = postgresPrograms();
  if (!programs) return undefined;
  const postgres = await startPostgres(programs, ports.postgres);
  const client = new pg.Client(postgres.url);
  await client.connect();
  await client.query(readFileSync(new URL('./schema.sql', import.meta.url), 'utf8'));
  const service = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), [String(ports.service), postgres.url]);
  await Promise.race([
    once(service, 'message'),
    once(service, 'exit').then(() => {
      throw new Error('the yardstick did not start');
    }),
  ]);
  return {
    origin: `http://127.0.0.1:${ports.service}`,
    pids: [postgres.pid, service.pid ?? 0],
    sql: async (text, values) => (await client.query(text, values)).rows,
    stop: async () => {
      const ended = once(service, 'exit');
      service.disconnect();
      await ended;
      await client.end();
      await postgres.stop();
    },
  };
}
