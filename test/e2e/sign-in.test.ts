import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../local/engine.ts';
import { subjectFor } from '../../local/subjects.ts';
import { DEVICE_HEADER } from '../../shared/domain/second-fact.ts';
import { type Run, runScript, untilReady } from '../support/npm-script.ts';

const CLIENT = 'nuanliu-web';
let data: string;
let url: string;
let running: Run;
let nextPhone = 13_900_000_101;
const newPhone = () => `+86${nextPhone++}`;

async function start(): Promise<void> {
  running = runScript('start', '--port', new URL(url).port, '--data', data, '--no-seed');
  await untilReady(running, url);
}
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'nuanliu-sign-in-'));
  url = `http://127.0.0.1:${await freePort()}`;
  await start();
});
afterAll(async () => {
  running.child.kill('SIGINT');
  await running.ended;
  await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

/** As much of a browser as a sign-in without scripts needs: cookies by path, and redirects followed on our origin. */
function browser(headers: Record<string, string> = {}) {
  const jar = new Map<string, { value: string; path: string }>();
  const go = async (
    to: string,
    form?: Record<string, string>,
    more: Record<string, string> = {},
  ): Promise<Response> => {
    const target = new URL(to, url);
    const cookie = [...jar]
      .filter(([, { path }]) => target.pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`);
    const answer = await fetch(target, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        ...headers,
        ...(cookie.length && { cookie: cookie.join('; ') }),
        ...(form && { origin: url }),
        ...more,
      },
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /path=([^;]+)/i.exec(line)?.[1] ?? '/';
      if (value === '') jar.delete(name);
      else jar.set(name, { value, path });
    }
    return answer;
  };
  /** Follows redirects until a page, or until the client's own address. */
  const follow = async (answer: Response): Promise<{ at: string; answer: Response }> => {
    let now = answer;
    let at = answer.url;
    while (now.status >= 300 && now.status < 400) {
      at = new URL(now.headers.get('location') ?? '', url).href;
      if (at.startsWith(`${url}/signed-in`)) break;
      now = await go(at);
    }
    return { at, answer: now };
  };
  return { go, follow };
}

type Browser = ReturnType<typeof browser>;

async function beginSignIn(it: Browser, more: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: CLIENT,
    redirect_uri: `${url}/signed-in`,
    response_type: 'code',
    scope: 'openid phone',
    state: 'state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  return { verifier, ...(await it.follow(await it.go(`/identity/auth?${query}`))) };
}

async function codeOnPhone(phone: string): Promise<string> {
  const answer = await fetch(`${url}/phone/messages?number=${encodeURIComponent(phone)}`);
  const { messages } = (await answer.json()) as { messages: { body: string }[] };
  return /\b\d{6}\b/.exec(messages[0]?.body ?? '')?.[0] ?? '';
}

const pathOf = (at: string) => new URL(at).pathname;

async function exchange(at: string, verifier: string) {
  const answer = await fetch(`${url}/identity/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT,
      redirect_uri: `${url}/signed-in`,
      code: new URL(at).searchParams.get('code') ?? '',
      code_verifier: verifier,
    }),
  });
  return (await answer.json()) as { access_token: string; id_token: string; refresh_token: string };
}

async function signIn(it: Browser, phone: string) {
  const { at, verifier } = await beginSignIn(it);
  await it.go(`${pathOf(at)}/phone`, { phone });
  const done = await it.follow(await it.go(`${pathOf(at)}/code`, { code: await codeOnPhone(phone) }));
  return await exchange(done.at, verifier);
}

test('a number and the code it was texted sign in; the ID token says whose number it is, and the API takes both', async () => {
  const phone = newPhone();
  const tokens = await signIn(browser(), phone);
  const keys = createRemoteJWKSet(new URL(`${url}/identity/jwks`));
  const { payload } = await jwtVerify(tokens.id_token, keys, { issuer: `${url}/identity`, audience: CLIENT });
  expect(payload).toMatchObject({ sub: subjectFor(phone), phone_number: phone, phone_number_verified: true });

  const access = decodeJwt(tokens.access_token);
  expect(access).toMatchObject({ iss: `${url}/identity`, sub: subjectFor(phone), aud: 'nuanliu', client_id: CLIENT });
  const headers = {
    authorization: `Bearer ${tokens.access_token}`,
    'content-type': 'application/json',
    'idempotency-key': 'first-sign-in',
    [DEVICE_HEADER]: 'a browser of their own',
  };
  const body = JSON.stringify({ idToken: tokens.id_token, isNew: true });
  const linked = await fetch(`${url}/api/me/sign-in`, { method: 'POST', headers, body });
  expect([linked.status, await linked.json()]).toMatchObject([200, { phone }]);
});

test('what npm run token prints has the claims of a sign-in', async () => {
  const phone = newPhone();
  const { access_token } = await signIn(browser(), phone);
  const printed = runScript('token', '--data', data, '--phone', phone);
  expect(await printed.ended).toBe(0);
  const shape = (token: string) => {
    const { iss, sub, aud, client_id, exp = 0, iat = 0 } = decodeJwt(token);
    return { iss, sub, aud, client_id, holds: exp - iat };
  };
  expect(shape(printed.said().trim())).toEqual(shape(access_token));
});

test.each([
  ['are ready to book', [], { sex: 'male', birthDate: '1990-01-01' }],
  ['are as new as after a first sign-in, if asked', ['--empty-profile'], { sex: undefined, birthDate: undefined }],
])('the people npm run token makes %s', async (_, flags, profile) => {
  const printed = runScript('token', '--data', data, '--phone', newPhone(), ...flags);
  expect(await printed.ended).toBe(0);
  const answer = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${printed.said().trim()}` } });
  const { sex, birthDate } = (await answer.json()) as Record<string, unknown>;
  expect({ sex, birthDate }).toEqual(profile);
});

test('a session and a refresh token outlive a kill and a restart', async () => {
  const it = browser();
  const tokens = await signIn(it, newPhone());
  running.child.kill('SIGKILL');
  await running.ended;
  await start();

  const refreshed = await fetch(`${url}/identity/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: CLIENT,
      refresh_token: tokens.refresh_token,
    }),
  });
  expect(refreshed.status).toBe(200);
  // Signed in still: no page in between.
  const again = await beginSignIn(it);
  expect(again.at).toContain(`${url}/signed-in?code=`);
});

test('signing out ends the session', async () => {
  const it = browser();
  const { id_token } = await signIn(it, newPhone());
  const query = new URLSearchParams({
    client_id: CLIENT,
    post_logout_redirect_uri: `${url}/`,
    logout_uri: `${url}/`,
    id_token_hint: id_token,
  });
  const page = await (await it.go(`/identity/session/end?${query}`)).text();
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const out = await it.go('/identity/session/end/confirm', { xsrf, logout: 'yes' });
  expect([out.status, out.headers.get('location')]).toEqual([303, `${url}/`]);
  expect(pathOf((await beginSignIn(it)).at)).toContain('/identity/interaction/');
});

test('wrong codes are counted down, in the language of the browser; then none works', async () => {
  const phone = newPhone();
  const it = browser({ 'accept-language': 'en' });
  const { at } = await beginSignIn(it);
  await it.go(`${pathOf(at)}/phone`, { phone });
  const right = await codeOnPhone(phone);
  const wrong = right === '000000' ? '111111' : '000000';
  const first = await it.go(`${pathOf(at)}/code`, { code: wrong });
  expect([first.status, await first.text()]).toEqual([422, expect.stringContaining('you can try 4 more times')]);
  for (let i = 0; i < 4; i += 1) await it.go(`${pathOf(at)}/code`, { code: wrong });
  const late = await it.go(`${pathOf(at)}/code`, { code: right });
  expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('no longer works')]);
});

test('a second code within a minute is refused, saying how long to wait', async () => {
  const phone = newPhone();
  const it = browser({ 'accept-language': 'zh-CN' });
  const { at } = await beginSignIn(it);
  await it.go(`${pathOf(at)}/phone`, { phone });
  const again = await it.go(`${pathOf(at)}/again`, {});
  expect([again.status, await again.text()]).toEqual([422, expect.stringMatching(/请在 \d+ 秒后重试/)]);
});

test('the language the client asks for comes first, and the page has a switch', async () => {
  const it = browser({ 'accept-language': 'zh-CN' });
  const { at, answer } = await beginSignIn(it, { ui_locales: 'en' });
  expect(await answer.text()).toContain('Sign in to Nuanliu');
  expect(await (await it.go(`${pathOf(at)}?lang=zh`)).text()).toContain('登录暖流');
});

test('a form of another site, or without the sign-in’s cookie, does nothing', async () => {
  const phone = newPhone();
  const it = browser();
  const { at } = await beginSignIn(it);
  const foreign = await it.go(`${pathOf(at)}/phone`, { phone }, { origin: 'https://elsewhere.example' });
  const bare = await browser().go(`${pathOf(at)}/phone`, { phone });
  expect([foreign.status, bare.status]).toEqual([400, 400]);
  expect(await codeOnPhone(phone)).toBe('');
});

test('no PKCE, another client or another address to return to: no sign-in', async () => {
  const bad = [
    { code_challenge: '' },
    { client_id: 'somebody' },
    { redirect_uri: 'https://elsewhere.example/signed-in' },
  ];
  for (const change of bad) {
    const { at, answer } = await beginSignIn(browser(), change as Record<string, string>);
    const refused = at.includes('error=') || answer.status === 400;
    expect(refused, JSON.stringify(change)).toBe(true);
  }
});
