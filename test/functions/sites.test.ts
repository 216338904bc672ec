import { beforeAll, describe, expect, it } from 'vitest';
import { sitesDeps } from '../../functions/http/sites/deps.ts';
import { sitesRoutes } from '../../functions/http/sites/index.ts';
import { areaHandler } from '../../functions/runtime/area-handler.ts';
import { sites } from '../../shared/contract/sites.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { Store } from '../../shared/store/client.ts';
import { takePlace } from '../../shared/store/slots.ts';
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
