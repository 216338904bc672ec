import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadKeys } from '../../local/identity/keys.ts';
import { signAccessToken } from '../../local/identity/tokens.ts';
import { createSettings, openDatabase } from '../../local/settings.ts';
import { issuerFor } from '../../local/subjects.ts';
import type { Route } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { call } from '../support/caller.ts';
import { type Server, startServer } from '../support/server.ts';

const ROUTES = Object.values(contract).flatMap((area) =>
  Object.entries(area.routes as Record<string, Route>).map(([key, route]) => ({ key, route })),
);
const CLOSED = ROUTES.filter(({ route }) => !route.roles.includes('public'));
const WORK = CLOSED.filter(({ route }) => route.roles.every((role) => !['person', 'signed-in'].includes(role)));
/** Values for what stands in braces: well-formed, and of nothing there is. */
const PARAMS: Record<string, string> = {
  bookingId: 'p0_0',
  din: 'N700126999999',
  eventId: 'e0',
  organisationId: 'nuanshou',
  siteId: 'meixi-park',
  unitId: 'wb',
};

let server: Server;
let donor: string;
let expired: string;
let staff: string;
let organiser: string;

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string; exp: number };
const segment = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

beforeAll(async () => {
  server = await startServer();
  [donor = ''] = await server.tokens('+8613700002001');
  [staff = ''] = await server.tokens('+8613800000001');
  [organiser = ''] = await server.tokens('+8613800000011');
  // Signed by the deployment itself, two hours ago.
  const db = openDatabase(join(server.data, 'local.db'));
  const keys = await loadKeys(createSettings(db));
  db.close();
  expired = await signAccessToken(claimsOf(donor).sub, {
    issuer: issuerFor(server.url),
    keys,
    now: () => Date.now() - 2 * 3_600_000,
  });
});
afterAll(async () => {
  await server?.stop();
});

async function ask(key: string, token?: string, headers: Record<string, string> = {}): Promise<Response> {
  const [method = '', template = ''] = key.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => PARAMS[name] ?? 'unknown');
  return await fetch(`${server.url}${path}`, {
    method,
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
    ...(method !== 'GET' && { body: '{}' }),
  });
}

describe('every route that is not for all', () => {
  it.each(CLOSED)('$key answers nobody without a good token', async ({ key }) => {
    const [head = '', body = '', signature = ''] = donor.split('.');
    const forged = {
      none: undefined,
      empty: '',
      nonsense: 'nonsense',
      'signature of another': `${head}.${body}.${signature.split('').reverse().join('')}`,
      'another person’s subject': `${head}.${segment({ ...claimsOf(donor), sub: 'demo-1' })}.${signature}`,
      'no algorithm': `${segment({ alg: 'none', typ: 'at+jwt' })}.${body}.`,
      expired,
    };
    expect(claimsOf(expired).exp).toBeLessThan(Date.now() / 1_000);
    for (const [what, token] of Object.entries(forged)) {
      expect([what, (await ask(key, token)).status]).toEqual([what, 401]);
    }
  });
});

describe('every route of staff and organisers', () => {
  it.each(WORK)('$key is closed to a donor, and says so in both languages', async ({ key }) => {
    for (const language of ['zh', 'en']) {
      const answer = await ask(key, donor, { 'accept-language': language });
      const problem = (await answer.json()) as { code: string; detail: string };
      expect([answer.status, problem.code]).toEqual([403, 'forbidden']);
      expect(/\p{Script=Han}/u.test(problem.detail)).toBe(language === 'zh');
    }
  });
});

describe('staff and organisers of elsewhere', () => {
  const today = new Date().toISOString().slice(0, 10);

  it.each([
    `/api/donations/roster?siteId=meixi-park&date=${today}`,
    '/api/donations/deferral-reasons?siteId=meixi-park',
    `/api/units?siteId=meixi-park&date=${today}`,
  ])('staff of another site may not read %s', async (path) => {
    expect((await call(server.url, staff, path)).status).toBe(403);
  });

  it('an organiser of another organisation sees and changes none of its events', async () => {
    const path = '/api/organisations/nuanshou/events';
    expect((await call(server.url, organiser, path)).status).toBe(403);
    const [theirs = ''] = await server.tokens('+8613800000012');
    type Events = { items: { eventId: string; status: string; version: number; startsAt: string }[] };
    const before = (await call<Events>(server.url, theirs, path)).body;
    for (const { eventId, version, startsAt } of before.items) {
      const own = `/api/events/${eventId}`;
      const tried = await Promise.all([
        call(server.url, organiser, `${own}/publish`, { body: { version } }),
        call(server.url, organiser, `${own}/cancel`, { body: { version } }),
        call(server.url, organiser, `${own}/roster?date=${startsAt.slice(0, 10)}`),
      ]);
      for (const { status } of tried) expect([403, 404]).toContain(status);
    }
    expect((await call<Events>(server.url, theirs, path)).body).toEqual(before);
  });

  it('a booking of another is not found, neither to read, to cancel nor to move', async () => {
    const path = `/api/donations/roster?siteId=yunting-central&date=${today}`;
    const roster = await call<{ items: { bookingId: string; status: string; version: number }[] }>(
      server.url,
      staff,
      path,
    );
    const [one] = roster.body.items;
    expect(one).toBeDefined();
    const own = `/api/bookings/${one?.bookingId}`;
    const tried = await Promise.all([
      call(server.url, donor, own),
      call(server.url, donor, `${own}/cancel`, { body: {} }),
      call(server.url, donor, `${own}/reschedule`, { body: { slotId: 'yunting-central_2026-12-31_0900_whole-blood' } }),
    ]);
    for (const { status, body } of tried) expect([status, body.code]).toEqual([404, 'not-found']);
    const after = await call<typeof roster.body>(server.url, staff, path);
    expect(after.body.items.find(({ bookingId }) => bookingId === one?.bookingId)).toEqual(one);
  });
});
