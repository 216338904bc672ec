import { beforeAll, describe, expect, it } from 'vitest';
import { sitesDeps } from '../../functions/http/sites/deps.ts';
import { sitesRoutes } from '../../functions/http/sites/index.ts';
import { areaHandler } from '../../functions/runtime/area-handler.ts';
import { sites } from '../../shared/contract/sites.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { Store } from '../../shared/store/client.ts';
import { putSchedule } from '../../shared/store/schedules.ts';
import { returnPlace, takePlace } from '../../shared/store/slots.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { callRoute } from '../support/api.ts';
import { freshTables, storeOn } from '../support/engine.ts';
import { guarded } from '../support/guard.ts';
import { testWorld } from '../support/world.ts';

type Listed = { items: { slotId: string; free: number; procedure: string }[] };

const world = testWorld();
let store: Store;
let handler: unknown;

beforeAll(async () => {
  const names = await freshTables();
  store = storeOn(names);
  const deps = sitesDeps(guarded(storeOn(names), ACCESS.sites, names.private), world);
  handler = areaHandler(sites, async () => deps, sitesRoutes);
  await aSite(store);
});

const list = (query: Record<string, string>, headers: Record<string, string> = {}) =>
  callRoute<Listed>(handler, 'GET /api/sites/{siteId}/slots', { params: { siteId: 'central' }, query, headers });

describe('the slots of a site', () => {
  const day = { from: '2026-12-20', to: '2026-12-20' };

  it('show a place taken a second and a half later at the latest', async () => {
    const slot = await aSlot(store, { places: 2 });
    const freeOf = (answer: { body: Listed }) => answer.body.items.find(({ slotId }) => slotId === slot.slotId)?.free;
    expect(freeOf(await list(day))).toBe(2);
    await store.transact([takePlace(slot.slotId, 0)]);
    // Ranges that hold the day, each first asked for when the day in memory is a little older.
    const ranges = Array.from({ length: 14 }, (_, n) => ({
      from: `2026-12-${String(20 - n).padStart(2, '0')}`,
      to: '2026-12-20',
    }));
    for (const range of ranges) {
      world.advance(100);
      await list(range);
    }
    world.advance(100);
    for (const range of [day, ...ranges]) expect(freeOf(await list(range))).toBe(1);
  });

  it('are answered in the same words for a moment, and with 304 to who has them', async () => {
    const first = await list(day);
    const etag = String(first.headers['etag']);
    const again = await list(day);
    expect([again.headers['etag'], again.body]).toEqual([etag, first.body]);
    expect((await list(day, { 'if-none-match': etag })).status).toBe(304);
  });

  it('are those of the procedure asked for', async () => {
    await aSlot(store, { date: '2026-12-22', procedure: 'platelets', places: 1 });
    await aSlot(store, { date: '2026-12-22', places: 1 });
    const query = { from: '2026-12-22', to: '2026-12-22' };
    const kinds = async (more: Record<string, string>) =>
      (await list({ ...query, ...more })).body.items.map(({ procedure }) => procedure).toSorted();
    expect(await kinds({})).toEqual(['platelets', 'whole-blood']);
    expect(await kinds({ procedure: 'platelets' })).toEqual(['platelets']);
  });

  it('of a site that does not exist are not found, each time', async () => {
    const ask = () =>
      callRoute(handler, 'GET /api/sites/{siteId}/slots', { params: { siteId: 'nowhere' }, query: day });
    expect([(await ask()).status, (await ask()).status]).toEqual([404, 404]);
  });
});

describe('the days of a site', () => {
  type Days = { items: { date: string; slots: number; places: number; free: number; closed?: string }[] };
  const days = async (query: Record<string, string>) =>
    await callRoute<Days>(handler, 'GET /api/sites/{siteId}/days', {
      params: { siteId: 'room' },
      query: { procedure: 'whole-blood', ...query },
    });

  it('say in one short answer how much is free each day, and why where nothing is', async () => {
    world.set('2026-11-23T03:00:00.000Z');
    await aSite(store, { siteId: 'room', procedures: ['whole-blood'] });
    const week = {
      weekday: 3,
      procedure: 'whole-blood' as const,
      from: '09:00',
      to: '12:00',
      slotMinutes: 60,
      places: 4,
    };
    await putSchedule(store, {
      kind: 'site-schedule',
      siteId: 'room',
      effectiveFrom: '2026-01-01',
      hours: [week, { ...week, weekday: 4 }],
      closedOn: ['2026-11-26'],
      stops: [],
    });
    // This morning’s has begun; a Wednesday with room, and the one after it full.
    await aSlot(store, { containerId: 'room', date: '2026-11-23', time: '0900', places: 4 });
    await aSlot(store, { containerId: 'room', date: '2026-11-25', time: '0900', places: 4 });
    const other = await aSlot(store, { containerId: 'room', date: '2026-11-25', time: '1000', places: 4 });
    await store.transact([takePlace(other.slotId, 0)]);
    const last = await aSlot(store, { containerId: 'room', date: '2026-12-02', places: 1 });
    await store.transact([takePlace(last.slotId, 0)]);
    const { status, body } = await days({ from: '2026-11-23', to: '2026-12-23' });
    expect([status, body.items.length]).toEqual([200, 31]);
    const of = (date: string) => body.items.find((day) => day.date === date);
    expect(of('2026-11-23')).toEqual({ date: '2026-11-23', slots: 0, places: 0, free: 0, closed: 'over' });
    expect(of('2026-11-24')?.closed).toBe('weekday');
    expect(of('2026-11-25')).toEqual({ date: '2026-11-25', slots: 2, places: 8, free: 7 });
    expect(of('2026-11-26')?.closed).toBe('holiday');
    expect(of('2026-12-02')).toEqual({ date: '2026-12-02', slots: 1, places: 1, free: 0 });
    expect(of('2026-12-23')?.closed).toBe('not-yet');
    expect(JSON.stringify(body).length).toBeLessThan(3_000);
  });

  it('are asked for a month at most, of a site that exists', async () => {
    expect((await days({ from: '2026-11-23', to: '2026-12-24' })).status).toBe(422);
    expect((await days({ from: '2026-11-24', to: '2026-11-23' })).status).toBe(422);
    const day = { from: '2026-12-01', to: '2026-12-01' };
    const nowhere = { params: { siteId: 'nowhere' }, query: { ...day, procedure: 'whole-blood' } };
    expect((await callRoute(handler, 'GET /api/sites/{siteId}/days', nowhere)).status).toBe(404);
  });
});

describe('a site', () => {
  it('says what its rules let a donation draw, so that the desk offers nothing else', async () => {
    await aSite(store, { siteId: 'london', pack: 'uk', zone: 'Europe/London', procedures: ['whole-blood'] });
    world.advance(60_000);
    const volumes = async (siteId: string) =>
      (await callRoute<{ volumes: object[] }>(handler, 'GET /api/sites/{siteId}', { params: { siteId } })).body.volumes;
    expect(await volumes('london')).toEqual([{ procedure: 'whole-blood', minMl: 470, maxMl: 470 }]);
    expect(await volumes('central')).toEqual([
      { procedure: 'whole-blood', minMl: 200, maxMl: 200 },
      { procedure: 'whole-blood', minMl: 300, maxMl: 300 },
      { procedure: 'whole-blood', minMl: 400, maxMl: 400 },
      { procedure: 'platelets', minMl: 125, maxMl: 500, platelets: 1 },
      { procedure: 'platelets', minMl: 250, maxMl: 600, platelets: 2 },
    ]);
  });
});

describe('the next free slot anywhere', () => {
  type Next = { items: { siteId: string; procedure: string; slot?: { slotId: string; free: number } }[] };
  const next = async (query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    await callRoute<Next>(handler, 'GET /api/next-free', { query, headers });
  const shown = ({ body }: { body: Next }) =>
    body.items.map(({ siteId, procedure, slot }) => `${siteId} ${procedure} ${slot?.slotId.split('_')[1] ?? 'none'}`);

  beforeAll(async () => {
    const names = await freshTables();
    store = storeOn(names);
    world.set('2026-11-23T02:00:00.000Z');
    const deps = sitesDeps(guarded(storeOn(names), ACCESS.sites, names.private), world);
    handler = areaHandler(sites, async () => deps, sitesRoutes);
    await aSite(store);
    await aSite(store, { siteId: 'east', procedures: ['whole-blood'] });
  });

  it('is named for each site and procedure, soonest first, full slots and begun ones passed over', async () => {
    await aSlot(store, { date: '2026-11-23', time: '0900', places: 3 });
    const full = await aSlot(store, { date: '2026-11-24', places: 1 });
    await store.transact([takePlace(full.slotId, 0)]);
    await aSlot(store, { date: '2026-12-15', places: 1 });
    await aSlot(store, { containerId: 'east', date: '2026-11-30', places: 1 });
    expect(shown(await next())).toEqual([
      'east whole-blood 2026-11-30',
      'central whole-blood 2026-12-15',
      'central platelets none',
    ]);
    expect(shown(await next({ from: '2026-12-01' }))).toEqual([
      'central whole-blood 2026-12-15',
      'central platelets none',
      'east whole-blood none',
    ]);
    expect(shown(await next({ from: '2027-02-01' })).every((said) => said.endsWith('none'))).toBe(true);
  });

  it('never names a slot that has been full for two seconds', async () => {
    const first = (await next()).body.items[0]?.slot;
    await store.transact([takePlace(first?.slotId ?? '', 0)]);
    world.advance(1_600);
    expect(shown(await next())[0]).toBe('central whole-blood 2026-12-15');
  });

  it('shows what was given back on a day that was full some seconds later', async () => {
    await store.transact([returnPlace('central_2026-11-24_0900_whole-blood', 0, 'free')]);
    world.advance(12_000);
    expect(shown(await next())[0]).toBe('central whole-blood 2026-11-24');
  });

  it('is answered from memory for a moment, and with 304 to who has it', async () => {
    const first = await next();
    const again = await next({}, { 'if-none-match': String(first.headers['etag']) });
    expect([again.status, first.headers['cache-control']]).toEqual([304, 'public, max-age=2']);
  });
});
