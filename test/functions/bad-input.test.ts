import { beforeAll, describe, expect, it } from 'vitest';
import { bookingsDeps } from '../../functions/http/bookings/deps.ts';
import { bookingsRoutes } from '../../functions/http/bookings/index.ts';
import { sitesDeps } from '../../functions/http/sites/deps.ts';
import { sitesRoutes } from '../../functions/http/sites/index.ts';
import { areaHandler, languageOf } from '../../functions/runtime/area-handler.ts';
import { bookings } from '../../shared/contract/bookings.ts';
import { PROBLEMS } from '../../shared/contract/problem.ts';
import { sites } from '../../shared/contract/sites.ts';
import type { Store } from '../../shared/store/client.ts';
import { aPerson } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { type Call, callRoute } from '../support/api.ts';
import { freshStore } from '../support/engine.ts';
import { testWorld } from '../support/world.ts';

const world = testWorld();
let store: Store;
let handler: unknown;
let siteHandler: unknown;
let donor: string;

beforeAll(async () => {
  store = await freshStore();
  const deps = bookingsDeps(store, world);
  const siteDeps = sitesDeps(store, world);
  handler = areaHandler(bookings, async () => deps, bookingsRoutes);
  siteHandler = areaHandler(sites, async () => siteDeps, sitesRoutes);
  await aSite(store);
  donor = await aPerson(store);
});

const post = (call: Call) => callRoute(handler, 'POST /api/bookings', { as: donor, ...call });
const SLOT = 'central_2026-12-20_0900_whole-blood';

describe('input that is not right is answered with a code, a sentence and the fields, and changes nothing', () => {
  it.each<[string, Call, number, string]>([
    ['broken JSON', { raw: '{"slotId": ' }, 400, 'invalid-json'],
    ['not UTF-8', { raw: Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1'), body: {} }, 400, 'invalid-json'],
    ['a wrong type', { body: { slotId: 7 } }, 400, 'invalid-input'],
    ['null', { body: null }, 400, 'invalid-input'],
    ['a list', { body: [] }, 400, 'invalid-input'],
    ['an unknown key', { body: { slotId: SLOT, personId: 'p1' } }, 400, 'invalid-input'],
    ['a prototype key', { raw: `{"slotId":"${SLOT}","__proto__":{"admin":true}}` }, 400, 'invalid-input'],
    ['a slot id that is none', { body: { slotId: '../../etc' } }, 400, 'invalid-input'],
    ['more than 64 KB', { body: { slotId: 'x'.repeat(65 * 1024) } }, 413, 'body-too-large'],
    [
      'another media type',
      { raw: 'slotId=1', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported-media-type',
    ],
    [
      'no idempotency key',
      { body: { slotId: SLOT }, headers: { 'idempotency-key': '' } },
      400,
      'idempotency-key-missing',
    ],
    ['no token', { body: { slotId: SLOT }, as: undefined as never }, 401, 'not-signed-in'],
    ['a token of nobody we know', { body: { slotId: SLOT }, as: 'nobody' }, 403, 'person-unknown'],
    ['a slot that does not exist', { body: { slotId: SLOT } }, 404, 'not-found'],
  ])('%s', async (_, call, status, code) => {
    const answer = await post(call);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body.detail.length).toBeGreaterThan(3);
    expect(PROBLEMS[answer.body.code]).toBe(status);
  });

  it('names each wrong field without repeating what was sent', async () => {
    const secret = 'x-secret-value';
    const answer = await post({ body: { slotId: secret, extra: secret } });
    expect(answer.body.errors?.map(({ path }) => path).sort()).toEqual(['extra', 'slotId']);
    expect(JSON.stringify(answer.body)).not.toContain(secret);
  });

  it('speaks the caller’s language', async () => {
    const zh = await post({ body: {}, headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' } });
    const en = await post({ body: {}, headers: { 'accept-language': 'en-GB' } });
    expect(zh.body.detail).toMatch(/[一-龥]/);
    expect(en.body.detail).toMatch(/^[\x20-\x7e]+$/);
    expect(zh.body.code).toBe(en.body.code);
    expect(languageOf({ headers: { 'accept-language': 'fr, en;q=0.2, zh;q=0.1' } })).toBe('en');
    expect(languageOf({ headers: {} })).toBe('zh');
  });

  it.each([
    ['backwards', '2026-12-10', '2026-12-01', 422],
    ['longer than 31 days', '2026-12-01', '2027-01-01', 422],
    ['a day that does not exist', '2026-02-30', '2026-03-01', 400],
  ])('a range of dates that is %s', async (_, from, to, status) => {
    const answer = await callRoute(siteHandler, 'GET /api/sites/{siteId}/slots', {
      params: { siteId: 'central' },
      query: { from, to },
    });
    expect(answer.status).toBe(status);
  });

  it('takes a range of 31 days', async () => {
    await aSlot(store, { date: '2026-12-31', places: 2 });
    const answer = await callRoute<{ items: { free: number }[] }>(siteHandler, 'GET /api/sites/{siteId}/slots', {
      params: { siteId: 'central' },
      query: { from: '2026-12-01', to: '2026-12-31' },
    });
    expect(answer.body.items.map(({ free }) => free)).toEqual([2]);
    const again = await callRoute(siteHandler, 'GET /api/sites/{siteId}/slots', {
      params: { siteId: 'central' },
      query: { from: '2026-12-01', to: '2026-12-31' },
      headers: { 'if-none-match': String(answer.headers['etag']) },
    });
    expect(again.status).toBe(304);
  });
});

describe('what fails on our side', () => {
  it('says nothing but an id', async () => {
    const broken = areaHandler(sites, async () => ({ ...sitesDeps(store, world) }), {
      ...sitesRoutes,
      'GET /api/sites': async () => {
        throw new Error('phone +8613900000001 leaked');
      },
    });
    const answer = await callRoute(broken, 'GET /api/sites');
    expect([answer.status, answer.body.code]).toEqual([500, 'internal']);
    expect(answer.body.instance).not.toBe('');
    expect(JSON.stringify([answer, world.lines])).not.toContain('+8613900000001');
  });
});
