import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../local/engine.ts';
import { eventually, processesNaming } from '../support/server.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuanliu-npm-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** `npm start` as a shell runs it, in a process group of its own, once it is ready. */
async function npmStart(name: string, ...flags: string[]) {
  const port = await freePort();
  const data = join(folder, name);
  const child = spawn('npm', ['start', '--', '--port', String(port), '--data', data, ...flags], { detached: true });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = once(child, 'close');
  const url = await eventually('a ready line', async () => /^Nuanliu is ready at (\S+)$/m.exec(said)?.[1]);
  return { pid: child.pid ?? 0, child, ended, said, url, port, data };
}

describe('npm start', () => {
  it('prints whose numbers to try and where it is ready; a terminal’s Ctrl-C ends all of it', async () => {
    const { pid, ended, said, url, port, data } = await npmStart('terminal');
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(said).toMatch(/\+8613800000031 {2}沈知暖/);
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
    process.kill(-pid, 'SIGINT');
    await ended;
    expect(processesNaming(data)).toEqual([]);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('ends when npm alone gets %s', async (signal) => {
    const { child, ended, data } = await npmStart(signal, '--no-seed');
    child.kill(signal);
    await eventually('an end', async () => (processesNaming(data).length === 0 ? true : undefined));
    await ended;
  });
});
