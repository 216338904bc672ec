import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { bundleFunction } from '../../infra/bundle-function.ts';
import { LOCAL_AWS_ENV } from '../../local/aws.ts';
import { toEvent } from '../../local/gateway/event.ts';
import { createRouter } from '../../local/gateway/router.ts';
import { freshTables } from '../support/engine.ts';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nuanliu-bundle-'));
  file = join(folder, 'index.mjs');
  bundleFunction(fileURLToPath(new URL('../../functions/http/sites/index.ts', import.meta.url)), file);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Calls the bundle in a process that has nothing but this environment, as in Lambda. */
function invoke(env: Record<string, string>): { statusCode: number; body: string } {
  const matched = createRouter()('GET', '/api/sites');
  if (!matched) throw new Error('no such route');
  const request = {
    method: 'GET',
    path: '/api/sites',
    rawQuery: '',
    rawHeaders: [],
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
  };
  const event = toEvent(request, matched, undefined, { requestId: 'r', now: 0 });
  const script = join(folder, 'invoke.mjs');
  writeFileSync(
    script,
    `const { handler } = await import('./index.mjs');
     console.log(JSON.stringify(await handler(${JSON.stringify(event)}, {})));
     process.exit(0);`,
  );
  return JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8', env }).split('\n').at(-2) ?? '');
}

it('a function as it is deployed answers with nothing but its own file and the credentials Lambda gives', async () => {
  const tables = await freshTables();
  const env = { TABLE_NAME: tables.schedule, DYNAMODB_ENDPOINT: inject('engineEndpoint') };
  expect(invoke({ ...env, ...LOCAL_AWS_ENV })).toMatchObject({ statusCode: 200 });
  const { AWS_ACCESS_KEY_ID: _, ...without } = LOCAL_AWS_ENV;
  expect(invoke({ ...env, ...without }).statusCode).toBe(500);
});

it('a function carries no other way to credentials', () => {
  expect(readFileSync(file, 'utf8')).not.toContain('GetRoleCredentials');
});
