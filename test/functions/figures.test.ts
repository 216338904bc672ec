import { beforeEach, describe, expect, it } from 'vitest';
import { UNIT_SETTINGS } from '../../shared/domain/unit-settings.ts';
import { countVisits, groupTexts, recount } from '../../shared/store/figures/count.ts';
import { createFigures } from '../../shared/store/figures/figures.ts';
import type { SiteItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { createSites } from '../../shared/store/sites.ts';
import { aPerson } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { aStation, type Station } from '../support/station.ts';

const DAY = '2026-11-23';
const HOUR = 3_600_000;
let station: Station;
beforeEach(async () => {
  station = await aStation();
});

type Counts = Record<'places' | 'booked' | 'came' | 'given' | 'noShows' | 'deferred' | 'walkIns' | 'first', number>;
type View = {
  total: Counts;
  days: (Counts & { date: string })[];
  reasons: { code: string; n: number; label?: { en: string } }[];
  use: { component: string; n: number; median: number }[];
  pending: string[];
};
const look = async (more: Record<string, string> = {}, as?: string) =>
  await station.call<View>('figures', 'GET /api/figures', {
    query: { siteId: 'central', from: DAY, to: DAY, ...more },
    ...(as && { as }),
  });
const stock = async () =>
  (
    await station.call<{
      master: string;
      system?: string;
      lines: { component: string; ready: number; notReady: number }[];
    }>('figures', 'GET /api/figures/stock', { query: { siteId: 'central' } })
  ).body;
const kept = async () => await createFigures(station.store).day('central', DAY);
const site = async () => (await createSites(station.store).get('central')) as SiteItem;

/** A day of five: one gives for the first time, one is deferred, one does not come, one cancels, one has yet to come. */
async function aDay() {
  await station.given({});
  const deferred = await station.booked();
  await station.checkIn(deferred.bookingId);
  await station.call('donations', 'POST /api/donations/deferrals', {
    body: { bookingId: deferred.bookingId, reason: 'cold-or-gastroenteritis', since: DAY },
  });
  const absent = await station.booked();
  const gone = await station.booked();
  await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', {
    as: gone.donor,
    params: { bookingId: gone.bookingId },
    body: {},
  });
  await station.settle();
  return { absent };
}

/** The site's day is over, and the clock has been through it. */
const dayOver = async () => await station.later(15 * HOUR);

describe('a site’s figures', () => {
  it('are live while its day runs, are kept once it is over, and say the same', async () => {
    await aDay();
    const live = (await look()).body;
    expect(live.total).toMatchObject({ places: 20, booked: 3, came: 2, given: 1, deferred: 1, noShows: 0, first: 1 });
    expect(live.reasons).toMatchObject([{ code: 'cold-or-gastroenteritis', n: 1 }]);
    expect(live.reasons[0]?.label?.en).toBeTruthy();
    expect(await kept()).toBeUndefined();

    await dayOver();
    expect(await kept()).toBeDefined();
    const counted = (await look()).body;
    // Who did not come was marked when the day was over.
    expect(counted.total).toEqual({ ...live.total, noShows: 1 });
    expect(counted.reasons).toEqual(live.reasons);
    expect(counted.pending).toEqual([]);

    // Whoever looks reads what was counted, however many gave.
    let reads = 0;
    station.store.base.middlewareStack.add(
      (next) => async (args) => {
        reads += 1;
        return await next(args);
      },
      { step: 'initialize', name: 'counting' },
    );
    await createFigures(station.store).days('central', '2026-11-01', '2026-11-30');
    expect(reads).toBe(1);
  });

  it('are counted again when something of a day that is over is put right', async () => {
    const { bookingId } = await station.given();
    await station.settle();
    await dayOver();
    expect((await look()).body.total).toMatchObject({ came: 1, given: 1 });
    const booking = await station.store.get<{ din: string }>(keys.booking(bookingId), { consistent: true });
    const done = await station.call('donations', 'POST /api/donations/{din}/corrections', {
      params: { din: booking?.din ?? '' },
      body: { kind: 'not-given', reason: 'entered for another' },
    });
    expect(done.status).toBeLessThan(300);
    await station.settle();
    await station.later(60_000);
    expect((await look()).body.total).toMatchObject({ came: 1, given: 0 });
  });

  it('counted twice at once are kept once, and a change that comes between is not lost', async () => {
    await aDay();
    await dayOver();
    const before = await kept();
    const deps = { store: station.store, groupsOf: async () => new Map<string, string>() };
    const now = new Date(station.world.clock.now()).toISOString();
    const both = await Promise.all([
      countVisits(deps, await site(), DAY, now),
      countVisits(deps, await site(), DAY, now),
    ]);
    expect(both).toContain(true);
    expect((await kept())?.version).toBeLessThanOrEqual((before?.version ?? 0) + 2);

    // A mark that grew while its day was counted stays, so that the day is counted once more.
    const figures = createFigures(station.store);
    const { recountUpdate } = await import('../../shared/store/figures/keep-units.ts');
    await station.store.update(recountUpdate('central', DAY, 'day'));
    const [mark] = await figures.recounts(10);
    await station.store.update(recountUpdate('central', DAY, 'day'));
    if (mark) await recount(deps, await site(), mark, now);
    expect(await figures.recounts(10)).toHaveLength(1);
    const [later] = await figures.recounts(10);
    if (later) await recount(deps, await site(), later, now);
    expect(await figures.recounts(10)).toEqual([]);
  });

  it('are for the site’s own staff alone, and within a year', async () => {
    await aSite(station.store, { siteId: 'east' });
    const other = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'east' }] });
    expect((await look({}, other)).status).toBe(403);
    expect((await look({ from: '2025-01-01' })).body.code).toBe('range-too-long');
    expect((await look({ from: '2026-11-24', to: DAY })).body.code).toBe('invalid-input');
    expect((await look({ from: '2027-01-01', to: '2027-01-03' })).body.days).toEqual([]);
  });

  it('go into a file whose cells are never reckoned, with a row an hour of a day', async () => {
    await aDay();
    const file = await station.call<never>('figures', 'GET /api/figures/table.csv', {
      query: { siteId: 'central', from: DAY, to: DAY, table: 'days' },
    });
    const lines = String(file.body).split('\r\n');
    expect(lines[0]).toContain('名额');
    expect(lines[1]).toContain(`${DAY},12:00,全血`);
  });
});

/** What the clock does every minute about days that have changed. */
async function settled() {
  await station.settle();
  const deps = { store: station.store, groupsOf: groupTexts(station.store) };
  const now = new Date(station.world.clock.now()).toISOString();
  for (const mark of await createFigures(station.store).recounts(40)) await recount(deps, await site(), mark, now);
}

describe('blood', () => {
  it('that is used is told by how long it had been there, and leaves the stock', async () => {
    const { din } = await station.issued();
    await settled();
    // Red cells and plasma are at a hospital: nothing is here.
    expect((await stock()).lines).toEqual([]);
    const other = await station.given();
    await station.step(other.din, 'wb', 'test');
    await settled();
    expect((await stock()).lines).toMatchObject([{ component: 'whole-blood', ready: 0, notReady: 1 }]);
    await station.step(other.din, 'wb', 'release');
    await settled();
    expect((await stock()).lines).toMatchObject([{ component: 'whole-blood', ready: 1, notReady: 0 }]);

    station.world.advance(9 * 24 * HOUR);
    await station.use(din, 'wb-rc');
    await settled();
    const used = (await look({ from: '2026-12-01', to: '2026-12-02' })).body.use;
    expect(used).toMatchObject([{ component: 'red-cells', n: 1, median: 9 }]);
    expect((await look()).body.use).toEqual([]);
    // Taken back, it is told no more.
    await station.step(din, 'wb-rc', 'correct-use');
    await settled();
    expect((await look({ from: '2026-12-01', to: '2026-12-02' })).body.use).toEqual([]);
  });

  it('is counted by its group once the laboratory knows it, which stands in the private table alone', async () => {
    const { din, donor } = await station.given();
    await settled();
    expect((await stock()).lines).toMatchObject([{ component: 'whole-blood', notReady: 1 }]);
    expect((await stock()).lines[0]).not.toHaveProperty('group');
    await station.call('laboratory', 'POST /api/laboratory/results', {
      body: {
        siteId: 'central',
        lines: [{ din, found: [{ kind: 'group', abo: 'B', rhd: 'negative' }] }],
      },
    });
    await settled();
    expect((await stock()).lines).toMatchObject([{ component: 'whole-blood', group: 'B−', notReady: 1 }]);
    const row = await station.store.get(keys.unitsTaken('central', DAY, din));
    expect(JSON.stringify(row)).not.toMatch(/negative|B−|group/);
    expect(JSON.stringify(row)).not.toContain(donor);
  });

  it('of a site whose units another system knows is not counted here, and the answer says which', async () => {
    await station.given();
    await station.settle();
    await station.store.put({
      Item: {
        ...keys.site('central'),
        ...(await site()),
        units: {
          master: 'other',
          system: '血站业务系统',
          shelfLifeDays: {},
          hospitals: [],
          products: {},
          accepted: [],
          version: 1,
        },
      },
    });
    expect(await stock()).toMatchObject({ master: 'other', system: '血站业务系统', lines: [] });
  });
});

describe('several sites', () => {
  type Sites = View & { sites: (Counts & { siteId: string; pending: number })[]; hours: (Counts & { hour: number })[] };
  const all = async (more: Record<string, string> = {}, as?: string) =>
    await station.call<Sites>('figures', 'GET /api/figures/sites', {
      query: { from: DAY, to: DAY, ...more },
      ...(as && { as }),
    });
  const table = async (name: string, more: Record<string, string> = {}) =>
    String(
      (
        await station.call('figures', 'GET /api/figures/sites/table.csv', {
          query: { from: DAY, to: DAY, table: name, ...more },
        })
      ).body,
    );
  const works = async (personId: string, siteId: string) =>
    await station.store.put({
      Item: { ...keys.role(personId, 'staff', siteId), kind: 'role', personId, role: 'staff', scope: siteId },
    });

  it('are seen together and beside each other by whoever works at them, and by an admin; a site of others’ by nobody', async () => {
    await aDay();
    await aSite(station.store, { siteId: 'east', name: { zh: '城东', en: 'East' } });
    await aSite(station.store, { siteId: 'west', name: { zh: '城西', en: 'West' } });
    const slot = await aSlot(station.store, { containerId: 'east', date: DAY, time: '1200', places: 4 });
    const donor = await aPerson(station.store);
    await station.call('bookings', 'POST /api/bookings', { as: donor, body: { slotId: slot.slotId } });
    const one = (await look()).body;
    expect((await all()).body).toMatchObject({ total: one.total, sites: [{ siteId: 'central' }] });
    expect((await all({ sites: 'central,east' })).body.code).toBe('forbidden');

    await works(station.staff, 'east');
    const both = (await all()).body;
    expect(both.sites.map(({ siteId }) => siteId).toSorted()).toEqual(['central', 'east']);
    expect(both.sites.find(({ siteId }) => siteId === 'east')).toMatchObject({ places: 4, booked: 1, given: 0 });
    expect(both.total).toEqual({ ...one.total, places: one.total.places + 4, booked: one.total.booked + 1 });
    expect(both.days).toEqual([{ date: DAY, ...both.total }]);
    expect(both.reasons).toEqual(one.reasons);
    expect((await all({ sites: 'east' })).body).toMatchObject({ total: { places: 4, booked: 1 }, reasons: [] });
    expect((await all({ procedure: 'platelets' })).body.total).toMatchObject({ places: 0, booked: 0 });

    const admin = await aPerson(station.store, { roles: [{ role: 'admin', scope: 'ALL' }] });
    expect((await all({}, admin)).body.sites).toHaveLength(3);
    expect((await all({ sites: 'nowhere' }, admin)).body.code).toBe('not-found');
    expect((await all({ to: '2028-01-01' })).body.code).toBe('range-too-long');
  });

  it('are saved as tables that say which site each row is of, and as one row a site', async () => {
    await aDay();
    await aSite(station.store, { siteId: 'east', name: { zh: '城东', en: 'East' } });
    await works(station.staff, 'east');
    const central = (await site()).name.zh;
    const sites = (await table('sites')).trim().split('\r\n');
    expect(sites[0]).toMatch(/^\uFEFF?站点,名额,预约/);
    expect(
      sites
        .slice(1)
        .map((line) => line.split(',')[0])
        .toSorted(),
    ).toEqual(['城东', central].toSorted());
    const reasons = (await table('reasons')).trim().split('\r\n').slice(1);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]?.startsWith(`${central},`)).toBe(true);
    expect((await table('days', { sites: 'east' })).trim().split('\r\n')).toHaveLength(1);
  });

  it('have their stock told each for itself, of those whose units another system follows not', async () => {
    await aSite(station.store, { siteId: 'east', name: { zh: '城东', en: 'East' } });
    const east = (await createSites(station.store).get('east')) as SiteItem;
    const units = { ...UNIT_SETTINGS, master: 'other' as const, system: 'BIS' };
    await station.store.put({ Item: { ...east, ...keys.site('east'), units } });
    await works(station.staff, 'east');
    const { body } = await station.call<{ sites: { siteId: string; master: string; system?: string }[] }>(
      'figures',
      'GET /api/figures/sites/stock',
      { query: {} },
    );
    expect(body.sites.toSorted((a, b) => (a.siteId < b.siteId ? -1 : 1))).toMatchObject([
      { siteId: 'central', master: 'nuanliu' },
      { siteId: 'east', master: 'other', system: 'BIS', lines: [] },
    ]);
  });
});
