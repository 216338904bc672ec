import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPages, pagesHandler } from '../../functions/pages/pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'nuanliu-pages-'));
beforeAll(() => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>暖流');
  writeFileSync(join(folder, 'assets/app-1a2b.js'), 'console.log(1)');
  writeFileSync(join(folder, 'icon-180.png'), Buffer.from([0x89, 0x50]));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const handler = pagesHandler(await loadPages(folder, { config: '{"issuer":"x"}', policy: "default-src 'self'" }));
  const answer = await handler({
    headers,
    requestContext: { http: { method, path } },
  } as unknown as APIGatewayProxyEventV2);
  const body = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
  return { status: answer.statusCode, headers: answer.headers ?? {}, body };
}

describe('the pages where no CDN serves them', () => {
  test.each(['/', '/donate', '/bookings/p_1', '/index.html'])(
    '%s is the one page, asked for anew each time',
    async (path) => {
      const { status, headers, body } = await ask(path);
      expect(status).toBe(200);
      expect(body.toString()).toContain('暖流');
      expect(headers).toMatchObject({ 'cache-control': 'no-cache', 'content-security-policy': "default-src 'self'" });
    },
  );

  test('what is named by its content is kept for good, and comes packed to who can unpack it', async () => {
    const { headers, body } = await ask('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' });
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', 'content-encoding': 'br' });
    expect(brotliDecompressSync(body).toString()).toBe('console.log(1)');
  });

  test('a file that is kept is not sent again', async () => {
    const first = await ask('/icon-180.png');
    expect(first.body).toEqual(Buffer.from([0x89, 0x50]));
    const again = await ask('/icon-180.png', { 'if-none-match': String(first.headers['etag']) });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
  });

  test('config.json is the deployment’s', async () => {
    expect((await ask('/config.json')).body.toString()).toBe('{"issuer":"x"}');
  });

  test.each(['/api/nothing', '/api', '/assets/gone.js', '/../../etc/passwd.txt', '/..%2f..%2fsecret.txt'])(
    '%s is not found, in the gateway’s words',
    async (path) => {
      const { status, body } = await ask(path);
      expect(status).toBe(404);
      expect(JSON.parse(body.toString())).toEqual({ message: 'Not Found' });
    },
  );

  test('HEAD is answered without a body, and nothing is posted to a page', async () => {
    const { status, body } = await ask('/', {}, 'HEAD');
    expect([status, body.length]).toEqual([200, 0]);
    expect((await ask('/', {}, 'POST')).status).toBe(404);
  });
});
