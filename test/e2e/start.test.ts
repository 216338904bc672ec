import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { freePort } from '../../local/engine.ts';
import { runNode, runScript, untilReady } from '../support/npm-script.ts';

type Run = ReturnType<typeof runScript> & { readonly url: string };

let data: string;
let port: number;
const runs: Run[] = [];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'nuanliu-start-'));
  port = await freePort();
});
afterEach(async () => {
  for (const { child, ended } of runs.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

const run = (script: 'start' | 'token', ...args: string[]): Run => {
  const it = { ...runScript(script, ...args), url: `http://127.0.0.1:${port}` };
  runs.push(it);
  return it;
};
const start = (...args: string[]) => run('start', '--port', String(port), '--data', data, '--no-seed', ...args);

async function ready(it: Run): Promise<Run> {
  await untilReady(it, it.url);
  return it;
}

const enginePid = () => Number(readFileSync(join(data, 'engine.pid'), 'utf8'));
const alive = (pid: number): boolean => {
  try {
    // A zombie still has an id; it is not alive.
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};
const gone = (pid: number) => vi.waitFor(() => expect(alive(pid)).toBe(false), { timeout: 10_000 });

async function tokens(...args: string[]): Promise<string[]> {
  const it = run('token', '--data', data, ...args);
  expect(await it.ended, it.said()).toBe(0);
  return it.said().trim().split('\n');
}
const me = async (url: string, token: string) => {
  const answer = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { personId: string; phone: string };
};

describe('ending', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it and its engine, quickly and well', async (signal) => {
    const it = await ready(start());
    const engine = enginePid();
    expect(alive(engine)).toBe(true);
    it.child.kill(signal);
    expect(await it.ended).toBe(0);
    expect(alive(engine)).toBe(false);
    expect(await readdir(data)).not.toContain('local.json');
  });

  test('the engine does not outlive a killed parent', async () => {
    const it = await ready(start());
    const engine = enginePid();
    it.child.kill('SIGKILL');
    await it.ended;
    await gone(engine);
  });

  test('--memory leaves nothing behind', async () => {
    const args = ['local/run.js', 'local/start.ts', '--port', String(port), '--memory', '--no-seed'];
    const it = { ...runNode(args, { ...process.env, TMPDIR: data }), url: `http://127.0.0.1:${port}` };
    runs.push(it);
    await ready(it);
    expect(await readdir(data)).toContainEqual(expect.stringMatching(/^nuanliu-\w{6}$/));
    it.child.kill('SIGINT');
    expect(await it.ended).toBe(0);
    expect((await readdir(data)).filter((name) => !name.startsWith('nuanliu-running-'))).toEqual([]);
  });
});

describe('starting', () => {
  test('a taken port is one clear line', async () => {
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const it = start();
    expect(await it.ended).toBe(1);
    expect(it.said()).toBe(`Nuanliu: port ${port} is taken\n`);
    other.close();
  });

  test('a data folder belongs to one at a time', async () => {
    await ready(start());
    port = await freePort();
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain('is in use by another Nuanliu');
  });

  test.each([
    ['an unknown flag', ['--nope']],
    ['a port that is none', ['--port', '70000']],
    ['a host that is none', ['--host', 'somewhere']],
    ['two places for the data', ['--memory', '--data', 'x']],
  ])('%s is refused with the usage', async (_, args) => {
    const it = run('start', ...args);
    expect(await it.ended).toBe(2);
    expect(it.said()).toContain('usage: npm start');
  });

  test('localhost is sent to the one origin sign-in works on; other names are not served', async () => {
    const { url } = await ready(start());
    const answer = await fetch(`http://localhost:${port}/book?x=1`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([307, `${url}/book?x=1`]);
  });
});

describe('keeping', () => {
  test('people, and tokens, are there after a kill and a restart; a new port knows them too', async () => {
    const first = await ready(start());
    const [token = ''] = await tokens('--phone', '+8613900000001');
    const before = await me(first.url, token);
    first.child.kill('SIGKILL');
    await first.ended;

    const second = await ready(start());
    expect(await me(second.url, token)).toEqual(before);
    second.child.kill('SIGINT');
    await second.ended;

    port = await freePort();
    const third = await ready(start());
    const [other = ''] = await tokens('--phone', '+8613900000001');
    expect(await me(third.url, other)).toEqual(before);
  });

  test('an engine that dies is started again, with everything', async () => {
    const { url } = await ready(start());
    const [token = ''] = await tokens('--phone', '+8613900000001');
    const before = await me(url, token);
    const engine = enginePid();
    process.kill(engine, 'SIGKILL');
    await vi.waitFor(() => expect(enginePid()).not.toBe(engine), { timeout: 10_000 });
    await vi.waitFor(async () => expect((await fetch(`${url}/api/health`)).status).toBe(200), { timeout: 10_000 });
    expect(await me(url, token)).toEqual(before);
  });
});

describe('tokens', () => {
  test('one a line, for consecutive numbers, whose people exist', async () => {
    const { url } = await ready(start());
    const printed = await tokens('--phone', '+8613900000008', '--count', '3');
    const phones = await Promise.all(printed.map(async (token) => (await me(url, token)).phone));
    expect(phones).toEqual(['+8613900000008', '+8613900000009', '+8613900000010']);
  });

  test.each([
    ['nothing runs there', ['--phone', '+8613900000001'], 1],
    ['another machine is named', ['--phone', '+8613900000001', '--url', 'https://nuanliu.example'], 2],
    ['there is no number', [], 2],
  ])('none where %s', async (_, args, code) => {
    const it = run('token', ...(args.includes('--url') ? args : ['--data', data, ...args]));
    expect(await it.ended).toBe(code);
    expect(it.said()).not.toMatch(/^ey/m);
  });
});
