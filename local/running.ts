import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** Where a running deployment is found by the tools beside it. Readable by its owner only. */
export type Running = {
  readonly pid: number;
  /** The process with the consumers of events; another one whenever it was ended. */
  readonly consumers: number;
  readonly url: string;
  /** Loopback address of the wire endpoints and the token mint. */
  readonly endpoints: string;
  readonly secret: string;
};

const registry = (): string => join(tmpdir(), `nuanliu-running-${userInfo().uid}`);
const entryOf = (port: number): string => join(registry(), `${port}.json`);
const noteIn = (folder: string): string => join(folder, 'local.json');

/** Says where we are: in the data folder, and by port for those who know only that. Answers with what takes it back. */
export function announceRunning(folder: string, port: number, running: Running): () => void {
  mkdirSync(registry(), { recursive: true, mode: 0o700 });
  chmodSync(registry(), 0o700);
  const files = [noteIn(folder), entryOf(port)];
  for (const file of files) writeFileSync(file, JSON.stringify(running), { mode: 0o600 });
  return () => {
    for (const file of files) rmSync(file, { force: true });
  };
}

/** The deployment on a data folder, or on a port of this machine; undefined if none runs there. */
export function findRunning(where: { data: string } | { port: number }): Running | undefined {
  const file = 'data' in where ? noteIn(resolve(where.data)) : entryOf(where.port);
  try {
    const running = JSON.parse(readFileSync(file, 'utf8')) as Running;
    process.kill(running.pid, 0);
    return running;
  } catch {
    return undefined;
  }
}
