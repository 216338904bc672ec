import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { whenInterrupted } from '../endings.ts';

export type Postgres = { readonly url: string; readonly pid: number; readonly stop: () => Promise<void> };

const DEBIAN = '/usr/lib/postgresql';

/** Where Debian's package keeps the newest server's programs; undefined where it is not installed. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined;
  const versions = readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a));
  const found = versions.map((version) => join(DEBIAN, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
  return found;
}

/** The server refuses to run as root: then it runs as the package's own user. */
function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** A server of its own on a temporary folder, with durable commits, gone when stopped. */
export async function startPostgres(programs: string, port: number): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'nuanliu-yardstick-'));
  const data = join(folder, 'data');
  const who = owner();
  mkdirSync(data, { mode: 0o700 });
  if (who) for (const path of [folder, data]) chownSync(path, who.uid, who.gid);
  const options: SpawnOptions = { cwd: folder, stdio: 'ignore', ...who };
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--no-locale'], {
    ...options,
    stdio: 'ignore',
  });
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    shared_buffers: '256MB',
    max_connections: 40,
    timezone: 'UTC',
    log_min_messages: 'fatal',
    jit: 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...flags], options);
  const ended = once(server, 'exit');
  const url = `postgres://bench@127.0.0.1:${port}/postgres`;
  const forget = whenInterrupted(() => {
    execFileSync(join(programs, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate', '-w'], options);
    rmSync(folder, { recursive: true, force: true });
  });
  const stop = async () => {
    forget();
    server.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilAnswering(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: server.pid ?? 0, stop };
}

async function untilAnswering(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (tries >= 100) throw error;
      await sleep(100);
    }
  }
}
