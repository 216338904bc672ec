import { once } from 'node:events';
import { createServer } from 'node:http';
import type { APIGatewayProxyEventV2WithJWTAuthorizer as Event } from 'aws-lambda';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../../local/gateway/api.ts';
import { createAuthorizer } from '../../local/gateway/authorizer.ts';
import { createRouter } from '../../local/gateway/router.ts';
import type { LambdaHandler } from '../../local/lambda.ts';

const ISSUER = 'http://127.0.0.1:3000/identity';
const now = () => Date.parse('2026-11-24T01:00:00.000Z');
const seconds = () => Math.floor(now() / 1_000);

const keyPair = await generateKeyPair('RS256');
const forged = await generateKeyPair('RS256');
const publicJwk = { ...(await exportJWK(keyPair.publicKey)), kid: 'k', alg: 'RS256' };

const token = (more: { iss?: string; aud?: string; exp?: number; key?: typeof keyPair } = {}) =>
  new SignJWT({ client_id: 'nuanliu-web' })
    .setProtectedHeader({ alg: 'RS256', kid: 'k' })
    .setIssuer(more.iss ?? ISSUER)
    .setAudience(more.aud ?? 'nuanliu')
    .setSubject('somebody')
    .setIssuedAt(seconds())
    .setExpirationTime(more.exp ?? seconds() + 60)
    .sign((more.key ?? keyPair).privateKey);

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** The gateway before one handler that serves every area. */
async function gateway(handler: LambdaHandler, timeoutMs?: number): Promise<string> {
  const areas = { sites: handler, me: handler, bookings: handler, health: handler };
  const authorize = createAuthorizer({ issuer: ISSUER, publicJwk, now });
  const api = createApi({
    match: createRouter(),
    authorize,
    areas,
    now,
    ...(timeoutMs && { timeoutMs }),
  });
  const server = createServer((req, res) => void api(req, res)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** Answers with the event it got. */
const echo: LambdaHandler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });
const eventOf = async (answer: Response): Promise<Event> => (await answer.json()) as Event;

describe('what a function is handed', () => {
  test('its route, its decoded path parameters, and a repeated query joined by commas', async () => {
    const url = await gateway(echo);
    const event = await eventOf(
      await fetch(`${url}/api/sites/meixi%2Dpark%20b/slots?from=2026-12-01&to=a+b&to=%E4%B8%AD`),
    );
    expect(event.routeKey).toBe('GET /api/sites/{siteId}/slots');
    expect(event.pathParameters).toEqual({ siteId: 'meixi-park b' });
    expect(event.queryStringParameters).toEqual({ from: '2026-12-01', to: 'a b,中' });
    expect(event.rawQueryString).toBe('from=2026-12-01&to=a+b&to=%E4%B8%AD');
    expect(event.requestContext.http).toMatchObject({ method: 'GET', sourceIp: '127.0.0.1' });
  });

  test('header names in lower case, cookies apart', async () => {
    const url = await gateway(echo);
    const event = await eventOf(
      await fetch(`${url}/api/sites`, { headers: { 'Accept-Language': 'en', Cookie: 'a=1; b=2' } }),
    );
    expect(event.headers['accept-language']).toBe('en');
    expect(event.headers['cookie']).toBeUndefined();
    expect(event.cookies).toEqual(['a=1', 'b=2']);
  });

  test('text as text, anything else in base64', async () => {
    const url = await gateway(echo);
    const headers = { authorization: `Bearer ${await token()}` };
    const send = async (type: string, body: string) =>
      await eventOf(
        await fetch(`${url}/api/bookings`, { method: 'POST', headers: { ...headers, 'content-type': type }, body }),
      );
    expect(await send('application/json', '{"a":"中"}')).toMatchObject({ body: '{"a":"中"}', isBase64Encoded: false });
    const binary = await send('application/octet-stream', 'xyz');
    expect(binary).toMatchObject({ body: Buffer.from('xyz').toString('base64'), isBase64Encoded: true });
  });

  test('the verified claims, as text', async () => {
    const url = await gateway(echo);
    const event = await eventOf(
      await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${await token()}` } }),
    );
    expect(event.requestContext.authorizer.jwt.claims).toMatchObject({
      iss: ISSUER,
      sub: 'somebody',
      aud: 'nuanliu',
      exp: String(seconds() + 60),
    });
  });
});

describe('what the gateway answers itself', () => {
  test.each([
    ['no such path', 'GET', '/api/nope'],
    ['another method', 'DELETE', '/api/sites'],
    ['a trailing slash', 'GET', '/api/sites/'],
    ['an empty part', 'GET', '/api/sites//slots'],
    ['other letters', 'GET', '/api/Sites'],
    ['a broken escape', 'GET', '/api/sites/%zz'],
  ])('404 for %s', async (_, method, path) => {
    const answer = await fetch(`${await gateway(echo)}${path}`, { method });
    expect([answer.status, await answer.text()]).toEqual([404, '{"message":"Not Found"}']);
  });

  test('401 without a token, or with one that is forged, expired, for others or not ours', async () => {
    const url = await gateway(echo);
    const tokens = [
      undefined,
      'nonsense',
      await token({ key: forged }),
      await token({ exp: seconds() - 1 }),
      await token({ aud: 'nuanliu-web' }),
      await token({ iss: 'https://elsewhere.example' }),
    ];
    for (const bad of tokens) {
      const answer = await fetch(`${url}/api/me`, { headers: bad ? { authorization: `Bearer ${bad}` } : {} });
      expect([answer.status, await answer.text()]).toEqual([401, '{"message":"Unauthorized"}']);
    }
  });

  test('401 again once a token it knew has expired', async () => {
    let time = now();
    const authorize = createAuthorizer({ issuer: ISSUER, publicJwk, now: () => time });
    const header = `Bearer ${await token()}`;
    expect(await authorize(header)).toMatchObject({ sub: 'somebody' });
    time += 61_000;
    expect(await authorize(header)).toBeUndefined();
  });

  test('413 for more than a function can be handed', async () => {
    const answer = await fetch(`${await gateway(echo)}/api/bookings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await token()}` },
      body: Buffer.alloc(6 * 1024 * 1024 + 1),
    });
    expect([answer.status, await answer.text()]).toEqual([413, '{"message":"Request Entity Too Large"}']);
  });

  test('503 when a function takes too long, 500 when it breaks', async () => {
    const late = await fetch(`${await gateway(() => new Promise(() => {}), 20)}/api/sites`);
    expect([late.status, await late.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
    const broken = await fetch(
      `${await gateway(async () => {
        throw new Error('secret');
      })}/api/sites`,
    );
    expect([broken.status, await broken.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  });
});

describe('routes', () => {
  let match: ReturnType<typeof createRouter>;
  beforeAll(() => {
    const route = { roles: ['public'] } as never;
    match = createRouter({
      sites: { routes: { 'GET /api/things/{id}': route, 'GET /api/things/mine': route, 'GET /api/{any}/mine': route } },
    } as never);
  });
  test('a literal part wins over a parameter', () => {
    expect(match('GET', '/api/things/mine')?.key).toBe('GET /api/things/mine');
    expect(match('GET', '/api/things/7')?.key).toBe('GET /api/things/{id}');
    expect(match('GET', '/api/other/mine')?.key).toBe('GET /api/{any}/mine');
  });
});
