import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { partitions } from '../../shared/store/keys.ts';
import { anEventInput, aShiftInput } from '../builders/events.ts';
import { arrange, type City } from '../support/arranged.ts';
import { runFuzz } from '../support/fuzz.ts';
import { aGateway, type Gateway, ROUTE_NAMES, type RouteName, type Sent } from '../support/gateway.ts';

/**
 * `FUZZ_SEED=… FUZZ_PER_ROUTE=…` replays or prolongs a run. Some 4,800 inputs in all: as routes are added, each has fewer here, for the
 * whole must end in time; `npm run prove -- fuzz` gives each 2,000.
 */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_123);
const PER_ROUTE = Number(process.env['FUZZ_PER_ROUTE'] ?? 15);

it('no input makes any route fail, show what is inside, repeat what was sent, or write what it refuses', async () => {
  const report = await runFuzz({ perRoute: PER_ROUTE, seed: SEED, engineEndpoint: inject('engineEndpoint') });
  expect(report.faults, `seed ${SEED}`).toEqual([]);
  expect(report.requests).toBe(PER_ROUTE * ROUTE_NAMES.length);
  expect(report.slowestMs).toBeLessThan(10_000);
}, 600_000);

it('what is no HTTP, or nearly, is closed or answered 4xx, writes nothing, and leaves the gateway as well as before', async () => {
  const report = await runFuzz({
    perRoute: 0,
    sockets: 150,
    seed: SEED,
    engineEndpoint: inject('engineEndpoint'),
  });
  expect(report.faults, `seed ${SEED}`).toEqual([]);
  expect(report.requests).toBeGreaterThan(200);
});

/** Each of these once failed, or would have at the table in the cloud. */
describe('what was found', () => {
  let gateway: Gateway;
  let city: City;
  beforeAll(async () => {
    gateway = await aGateway(inject('engineEndpoint'));
    city = await arrange(gateway);
  });
  afterAll(async () => await gateway?.stop());

  const from = async (who: 'owner' | 'staff' | 'organiser', route: RouteName, sent: Sent) => {
    const answer = await gateway.call(route, { ...sent, token: await city.tokenOf(city.people[who]) });
    return `${answer.status} ${answer.json['code'] ?? 'done'}`;
  };
  const INVALID = '400 invalid-input';
  const half = String.fromCharCode(0xd800);
  const cursor = (key: object) => Buffer.from(JSON.stringify(key)).toString('base64url');

  it.each([
    ['half of a character', `a${half}b`, INVALID],
    ['a control character', 'a\0b', INVALID],
    ['a line break', 'a\nb', INVALID],
    ['characters of two halves', '\u{20BB7}野', '200 done'],
  ])('a name with %s', async (_, name, expected) => {
    const me = await city.done<{ version: number }>(city.people.owner, 'GET /api/me', {});
    expect(await from('owner', 'PATCH /api/me', { body: { version: me.version, name } })).toBe(expected);
  });

  it.each([
    ['before there were rules', '1910-01-01', INVALID],
    ['in another calendar', '1582-10-10', INVALID],
    ['at the end of the calendar', '9999-12-31', INVALID],
    ['in year 0', '0000-01-01', INVALID],
    ['far ahead', '2199-12-31', '200 done'],
  ])('asking about a day %s', async (_, date, expected) => {
    expect(await from('owner', 'GET /api/me/eligibility', { query: { date } })).toBe(expected);
  });

  it.each([
    ['of year 0', '0000-01-01T09:00', '0000-01-01T10:00'],
    ['of the last day of year 9999', '9999-12-31T23:00', '9999-12-31T23:59'],
  ])('a shift %s', async (_, startsAtLocal, endsAtLocal) => {
    const shifts = [aShiftInput({ startsAtLocal, endsAtLocal })];
    const body = anEventInput({ zone: 'Pacific/Honolulu', shifts });
    expect(await from('organiser', 'POST /api/events', { body })).toBe(INVALID);
  });

  it('a text that is named by nothing, or by half of a character', async () => {
    const route = 'POST /api/messages/problems/resend';
    for (const messageId of ['', half, '#']) {
      expect(await from('staff', route, { body: { personId: city.people.owner, messageId } })).toBe(INVALID);
    }
  });

  it('a slot on a day there is none', async () => {
    for (const slotId of ['central_2026-99-99_9999_whole-blood', '-_0000-00-00_0000_-']) {
      expect(await from('owner', 'POST /api/bookings', { body: { slotId } })).toBe('404 not-found');
    }
  });

  it('a cursor whose key the table would refuse', async () => {
    const pk = partitions.bookings(city.people.owner);
    for (const sk of ['中'.repeat(400), half, '']) {
      const query = { cursor: cursor({ pk, sk }) };
      expect(await from('owner', 'GET /api/me/bookings', { query })).toBe(INVALID);
    }
  });

  it('names of fields that every object has', async () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(await from('owner', 'GET /api/me/bookings', { query: { [name]: '1' } })).toBe(INVALID);
    }
  });

  it('a name of a field that is markup is not repeated, an ordinary one is', async () => {
    const query = { '"><img src=x onerror=alert(1)>': '1', limitt: '1' };
    const answer = await gateway.call('GET /api/me/bookings', { query, token: await city.tokenOf(city.people.owner) });
    expect((answer.json['errors'] as { path: string }[]).map(({ path }) => path)).toEqual(['query.?', 'query.limitt']);
  });

  it('a body that is no UTF-8, which is not mended but refused', async () => {
    const answer = await fetch(`${gateway.url}/api/me`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${await city.tokenOf(city.people.owner)}`,
        'content-type': 'application/json',
        'idempotency-key': 'not-utf-8',
      },
      body: Buffer.concat([Buffer.from('{"version":1,"name":"a'), Buffer.from([0xff]), Buffer.from('"}')]),
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'invalid-json']);
  });

  it('an ID token that does not say which of the provider’s keys has signed it', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const idToken = `${part({ alg: 'RS256' })}.${part({ sub: city.people.owner })}.AAAA`;
    expect(await from('owner', 'POST /api/me/sign-in', { body: { idToken } })).toBe('401 identity-rejected');
  });
});
