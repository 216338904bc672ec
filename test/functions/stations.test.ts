import { beforeEach, describe, expect, it } from 'vitest';
import { engineDeps } from '../../functions/runtime/common-deps.ts';
import { totpCode, totpStep } from '../../functions/runtime/totp.ts';
import { DEVICE_HEADER } from '../../shared/domain/second-fact.ts';
import { auditItem } from '../../shared/store/audit.ts';
import type { Store } from '../../shared/store/client.ts';
import { createFactors } from '../../shared/store/factors.ts';
import type { AuditItem, SeatItem, SubjectItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { deviceDigest, subjectDigest } from '../../shared/store/people.ts';
import { subjectWrite } from '../../shared/store/subjects.ts';
import { aPerson, factorShown } from '../builders/people.ts';
import { TEST_ISSUER } from '../support/api.ts';
import { aStation, type Station } from '../support/station.ts';

const BROWSER = 'the desk by the door';
const OTHER_BROWSER = 'a browser at somebody’s home';
const KEY = '0123456789abcdef0123456789abcdef';
const MINUTE = 60_000;

let station: Station;
let xu: string;
let tian: string;
let stationId: string;
beforeEach(async () => {
  station = await aStation();
  [xu, tian] = (await Promise.all(['许若川', '田知秋'].map(async (name) => await atTheBrowser(name)))) as [
    string,
    string,
  ];
  const made = await call('POST /api/stations', { as: xu, body: { siteId: 'central', key: KEY } });
  expect(made.status).toBe(201);
  stationId = String(made.body['stationId']);
  for (const [as, pin] of [
    [xu, '271828'],
    [tian, '314159'],
  ] as const) {
    expect((await at('join', { pin }, as)).status).toBe(200);
  }
});

/** Staff who have signed in at a browser with both factors. */
async function atTheBrowser(name: string, device = BROWSER): Promise<string> {
  const personId = await aPerson(station.store, { name, roles: [{ role: 'staff', scope: 'central' }] });
  const subject = subjectDigest({ iss: TEST_ISSUER, sub: personId });
  const before = await station.store.get<SubjectItem>(keys.subject(subject), { consistent: true });
  if (!before) throw new Error('nobody');
  const here = { device: deviceDigest(device), personId, seenAt: '2026-11-23T00:00:00.000Z' };
  await station.store.transact([
    subjectWrite(subject, before, { ...before, devices: [here] }),
    factorShown(personId, { device }, '2026-11-23T14:00:00.000Z'),
  ]);
  return personId;
}

type Body = Record<string, unknown> & { code: string };
type Route = Parameters<Station['call']>[1];
const call = async (
  route: string,
  more: { as?: string; params?: Record<string, string>; body: object; headers?: object; key?: string },
) =>
  await station.call<Body>(
    'stations',
    route as Route,
    {
      headers: { [DEVICE_HEADER]: BROWSER },
      ...more,
    } as Parameters<Station['call']>[2],
  );
const at = async (what: string, body: object = {}, as?: string, key?: string) =>
  await call(`POST /api/stations/{stationId}/${what}`, {
    params: { stationId },
    body: { key: KEY, ...body },
    ...(as && { as }),
    ...(key && { key }),
  });
const unlock = async (personId: string, pin: string, key?: string) =>
  await at('unlock', { personId, pin }, undefined, key);
const mayWork = async (as: string) => {
  const query = { siteId: 'central', date: '2026-11-23' };
  const headers = { [DEVICE_HEADER]: BROWSER };
  const { status, body } = await station.call('donations', 'GET /api/donations/roster', { as, query, headers });
  return status === 200 ? 'yes' : body.code;
};
const both = async () => [await mayWork(xu), await mayWork(tian)];
const LOCKED = 'station-locked';

describe('a shared station', () => {
  it('is open for one at a time: whoever joins or unlocks locks the other out, at the service itself', async () => {
    expect(await both()).toEqual([LOCKED, 'yes']);
    expect((await unlock(xu, '271828')).status).toBe(200);
    expect(await both()).toEqual(['yes', LOCKED]);
    expect((await at('lock')).status).toBe(200);
    expect(await both()).toEqual([LOCKED, LOCKED]);
    // The number of nobody's browser opens nothing.
    expect(
      (await call('POST /api/stations/{stationId}/lock', { params: { stationId }, body: { key: 'f'.repeat(32) } }))
        .status,
    ).toBe(404);
  });

  it('of two who unlock at once is open for one', async () => {
    await at('lock');
    const answers = await Promise.all([unlock(xu, '271828'), unlock(tian, '314159')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await both()).toSorted()).toEqual([LOCKED, 'yes']);
  });

  it('locks by the service’s own clock when nobody says that they are there, whatever becomes of its browser', async () => {
    station.world.advance(3 * MINUTE);
    expect(await mayWork(tian)).toBe('yes');
    expect((await at('stay', {}, tian)).status).toBe(200);
    station.world.advance(4 * MINUTE - 1);
    expect(await mayWork(tian)).toBe('yes');
    station.world.advance(1);
    expect(await mayWork(tian)).toBe(LOCKED);
    expect((await at('stay', {}, tian)).body.code).toBe(LOCKED);
    expect((await unlock(tian, '314159')).status).toBe(200);
    expect(await mayWork(tian)).toBe('yes');
  });

  it('tells the key of what its browser keeps of somebody to them alone, the same each time', async () => {
    const first = await unlock(xu, '271828');
    expect(first.body['seatKey']).toEqual(expect.any(String));
    expect((await unlock(xu, '271828')).body['seatKey']).toBe(first.body['seatKey']);
    expect((await unlock(tian, '314159')).body['seatKey']).not.toBe(first.body['seatKey']);
    expect((await unlock(xu, '314159')).body).not.toHaveProperty('seatKey');
    const seat = await station.store.get<SeatItem>(keys.seat(stationId, xu), { consistent: true, table: 'private' });
    expect(JSON.stringify(seat)).not.toMatch(new RegExp(`271828|${first.body['seatKey']}`));
    expect(JSON.stringify(station.world.lines)).not.toContain('271828');
  });

  it('takes five wrong PINs, however many at once; then that seat is over, and only signing in again helps', async () => {
    const guesses = await Promise.all(Array.from({ length: 9 }, (_, n) => unlock(xu, `90817${n}`)));
    const codes = guesses.map(({ body }) => body.code);
    expect(codes.filter((code) => code === 'pin-wrong')).toHaveLength(4);
    expect(codes.filter((code) => code === 'seat-over')).toHaveLength(5);
    expect((await unlock(xu, '271828')).body.code).toBe('seat-over');
    expect(await both()).toEqual(['second-factor-needed', 'yes']);
  });

  it('takes no PIN that others try first, and counts a right one as none of the wrong', async () => {
    for (const pin of ['000000', '123456', '987654']) {
      expect((await at('join', { pin }, tian)).body.code).toBe('invalid-input');
    }
    for (let n = 0; n < 4; n += 1) await unlock(xu, '908172');
    expect((await unlock(xu, '271828')).status).toBe(200);
    for (let n = 0; n < 4; n += 1) expect((await unlock(xu, '908172')).body.code).toBe('pin-wrong');
    expect((await unlock(xu, '271828')).status).toBe(200);
  });

  it('seats nobody without their second factor, from another browser, or after the shift', async () => {
    const late = await aPerson(station.store, { factor: 'unset', roles: [{ role: 'staff', scope: 'central' }] });
    const join = { params: { stationId }, body: { key: KEY, pin: '271828' }, headers: {} };
    const route = 'POST /api/stations/{stationId}/join';
    expect((await call(route, { ...join, as: late })).body.code).toBe('second-factor-needed');
    expect((await call(route, { ...join, as: station.staff })).body.code).toBe('not-found');
    // Whoever has carried the station's key to a browser of their own, where they have shown both.
    const elsewhere = await atTheBrowser('方小满', OTHER_BROWSER);
    const carried = { ...join, as: elsewhere, headers: { [DEVICE_HEADER]: OTHER_BROWSER } };
    expect((await call(route, carried)).body.code).toBe('not-found');
    station.world.set('2026-11-23T14:00:00.000Z');
    expect((await unlock(xu, '271828')).body.code).toBe('seat-over');
  });

  it('lets nobody back in whose role was taken, and a seat that was given up is nobody’s', async () => {
    const admin = await aPerson(station.store, { roles: [{ role: 'admin', scope: 'ALL' }] });
    const body = { personId: xu, role: 'staff', scope: 'central', reason: '离岗' };
    expect((await station.call('roles', 'POST /api/roles/revoke', { as: admin, body })).status).toBe(200);
    expect((await unlock(xu, '271828')).body.code).toBe('seat-over');
    expect((await at('leave', {}, tian)).status).toBe(200);
    expect((await unlock(tian, '314159')).body.code).toBe('seat-over');
  });

  it('records who was at it, under the name of whoever it was', async () => {
    await unlock(xu, '908172');
    await unlock(xu, '271828', 'one press of a key');
    await unlock(xu, '271828', 'one press of a key');
    const { items } = await station.store.query<AuditItem>({
      pk: partitions.audit('central', '2026-11-23'),
      consistent: true,
    });
    const said = items.filter(({ action }) => action.startsWith('station-')).map(({ by, action }) => [by, action]);
    expect(said.slice(0, 3).toSorted()).toEqual(
      [
        [tian, 'station-joined'],
        [xu, 'station-joined'],
        [xu, 'station-made'],
      ].toSorted(),
    );
    // A wrong PIN may be anybody's, and a repeat of a press is no other.
    expect(said.slice(3).toSorted()).toEqual(
      [
        [xu, 'station-unlocked'],
        [stationId, 'station-pin-wrong'],
      ].toSorted(),
    );
  });

  it('asks whoever was locked out, and signs in again instead of unlocking, for both factors', async () => {
    const mine = async () => {
      const headers = { [DEVICE_HEADER]: BROWSER };
      return (await station.call<Body>('factors', 'GET /api/factor', { as: xu, headers })).body['shown'];
    };
    expect(await mine()).toBe(false);
    expect((await at('join', { pin: '161803' }, xu)).body.code).toBe(LOCKED);
    await unlock(xu, '271828');
    expect(await mine()).toBe(true);
  });

  it('holds of a second factor that is shown there for a seat to be taken, and for nothing else: also of one that never is', async () => {
    const headers = { [DEVICE_HEADER]: BROWSER };
    const fang = await atTheBrowser('方小满');
    const ask = async (what: string, body: object) =>
      (await station.call<Body>('factors', `POST /api/factor/${what}` as Route, { as: fang, headers, body } as never))
        .body;
    const isShown = async () =>
      (await station.call<Body>('factors', 'GET /api/factor', { as: fang, headers })).body['shown'];
    const secret = String((await ask('enrolment', {}))['secret']);
    const show = async (what: 'confirm' | 'show') => {
      station.world.advance(MINUTE);
      return (await ask(what, { code: totpCode(secret, station.world.clock.now()), stationId }))['shown'];
    };
    expect(await show('confirm')).toBe(true);
    // Whoever signs in beside a colleague's turn locks nobody out, and works no more than they do.
    expect(await mayWork(fang)).toBe(LOCKED);
    expect(await mayWork(tian)).toBe('yes');
    station.world.advance(10 * MINUTE);
    // They went away. Whoever signs in as them later has only a texted code to show for it.
    expect([await isShown(), (await at('join', { pin: '161803' }, fang)).body.code, await mayWork(fang)]).toEqual([
      false,
      'second-factor-needed',
      LOCKED,
    ]);
    expect(await show('show')).toBe(true);
    expect((await at('join', { pin: '161803' }, fang)).status).toBe(200);
    expect(await mayWork(fang)).toBe('yes');
    // Shown again while they are there, as for another authenticator, it neither shuts them out nor opens the station for longer.
    expect(await show('show')).toBe(true);
    expect(await mayWork(fang)).toBe('yes');
    station.world.advance(3 * MINUTE);
    expect(await mayWork(fang)).toBe(LOCKED);
  });

  it('that is locked the moment its factor is shown again stays locked', async () => {
    const headers = { [DEVICE_HEADER]: BROWSER };
    const begun = await station.call<Body>('factors', 'POST /api/factor/enrolment', { as: tian, headers, body: {} });
    const secret = String(begun.body['secret']);
    let isFirst = true;
    const crossed: Store = {
      ...station.store,
      transact: async (items) => {
        // Not the count of tries, which stands alone.
        if (isFirst && items.length > 1) {
          isFirst = false;
          expect((await at('lock')).status).toBe(200);
        }
        return await station.store.transact(items);
      },
    };
    const record = {
      Put: auditItem({
        scope: 'people',
        zone: 'UTC',
        by: tian,
        action: 'tried',
        at: '2026-11-23T02:00:00.000Z',
        id: 'one',
      }),
    };
    const deps = { ...engineDeps(crossed, station.world), store: crossed };
    const shown = await createFactors(deps, async () => 'a key of the tests', totpStep).show({
      what: 'confirm',
      at: { iss: TEST_ISSUER, sub: tian, device: BROWSER },
      personId: tian,
      code: totpCode(secret, station.world.clock.now()),
      stationId,
      audit: record,
      refused: record,
      idempotency: { key: 'one press of a key', input: 'same' },
    });
    expect([shown.kind, isFirst, await mayWork(tian)]).toEqual(['done', false, LOCKED]);
  });

  it('is opened for whoever made it when they take a seat, as for all others', async () => {
    const fang = await atTheBrowser('方小满');
    const body = { siteId: 'central', key: 'f'.repeat(32) };
    const make = async () => await call('POST /api/stations', { as: fang, body, key: 'one press of a key' });
    const made = await make();
    expect([made.status, await mayWork(fang)]).toEqual([201, LOCKED]);
    // The answer was lost.
    expect((await make()).body).toEqual(made.body);
    const join = {
      as: fang,
      params: { stationId: String(made.body['stationId']) },
      body: { key: body.key, pin: '161803' },
    };
    expect((await call('POST /api/stations/{stationId}/join', join)).status).toBe(200);
    expect(await mayWork(fang)).toBe('yes');
  });

  it('counts a wrong PIN once, however often its press is sent again for an answer that was lost', async () => {
    const again = async () => (await unlock(xu, '908172', 'one press of a key')).body.code;
    for (let n = 0; n < 6; n += 1) expect(await again()).toBe('pin-wrong');
    for (let n = 0; n < 3; n += 1) expect((await unlock(xu, `90817${n + 3}`)).body.code).toBe('pin-wrong');
    expect((await unlock(xu, '271828')).status).toBe(200);
  });

  it('stays open for whoever is at it, whatever else is written of it meanwhile', async () => {
    const said = await Promise.all([
      ...Array.from({ length: 6 }, () => at('stay', {}, tian)),
      ...Array.from({ length: 3 }, () => unlock(tian, '314159')),
    ]);
    expect(said.map(({ status }) => status)).toEqual(said.map(() => 200));
  });

  it('is a browser like any other once it is ended: nobody has a seat, and all show their second factor and work', async () => {
    // Of those who sat here on other days.
    const old = await station.store.get<SeatItem>(keys.seat(stationId, xu), { consistent: true, table: 'private' });
    const left = Array.from({ length: 60 }, (_, n) => `gone-${n}`);
    for (const personId of left) {
      await station.store.put({ Item: { ...old, ...keys.seat(stationId, personId), personId }, table: 'private' });
    }
    expect((await at('end', {}, tian)).status).toBe(200);
    expect((await unlock(xu, '271828')).status).toBe(404);
    expect(await both()).toEqual(['second-factor-needed', 'second-factor-needed']);
    const { items } = await station.store.query({ pk: keys.station(stationId).pk, consistent: true, table: 'private' });
    expect(items).toEqual([]);
    await station.store.transact([factorShown(xu, { device: BROWSER }, '2026-11-23T14:00:00.000Z')]);
    expect(await both()).toEqual(['yes', 'second-factor-needed']);
  });
});
