import { expect, it } from 'vitest';
import { eventsDeps } from '../../functions/http/events/deps.ts';
import { eventsRoutes } from '../../functions/http/events/index.ts';
import { areaHandler } from '../../functions/runtime/area-handler.ts';
import { events } from '../../shared/contract/events.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { Store } from '../../shared/store/client.ts';
import { createEvents } from '../../shared/store/events.ts';
import { createSeries, goOnMaking, resumeMaking } from '../../shared/store/series.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { anEventInput, anOrganisation, aShiftInput } from '../builders/events.ts';
import { aPerson } from '../builders/people.ts';
import { type Call, callRoute } from '../support/api.ts';
import { freshTables, storeOn } from '../support/engine.ts';
import { guarded } from '../support/guard.ts';
import { testWorld } from '../support/world.ts';

type View = { eventId: string; version: number; seriesId?: string };
type Dates = { items: { date: string; startsAt?: string; fault?: string }[] };
type Series = { seriesId: string; status: string; items: { date: string; eventId: string; status?: string }[] };

async function aCity() {
  const names = await freshTables();
  const store = storeOn(names);
  const world = testWorld('2026-11-23T02:00:00.000Z');
  const deps = eventsDeps(guarded(storeOn(names), ACCESS.events, names.private), world);
  const handler = areaHandler(events, async () => deps, eventsRoutes);
  await anOrganisation(store);
  const as = await aPerson(store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
  const call = <T>(route: keyof typeof eventsRoutes, more: Call = {}) =>
    callRoute<T & Problem>(handler, route, { as, ...more });
  const draft = async (input: object = {}) =>
    (await call<View>('POST /api/events', { body: anEventInput({ ...input }) })).body;
  const job = (name: 'announce' | 'tick', over: Store = storeOn(names)) => ({
    ...world,
    store: guarded(over, ACCESS[name], names.private),
    random: Math.random,
    clock: { now: world.clock.now, sleep: async () => {} },
  });
  const repeat = (eventId: string, body: object, key?: string) =>
    call<Series>('POST /api/events/{eventId}/repeats', {
      params: { eventId },
      body: { every: 'week', publish: true, version: 1, ...body },
      ...(key && { key }),
    });
  return { store, world, call, draft, job, repeat };
}

it('dates are seen before any is made: the wall time stays where clocks change, and an hour they jump over is said', async () => {
  const { call, draft, repeat } = await aCity();
  // Berlin puts its clocks forward on 28 March 2027, over two o'clock.
  const night = aShiftInput({ startsAtLocal: '2027-03-14T02:30', endsAtLocal: '2027-03-14T05:00' });
  const day = aShiftInput({ shiftId: 'day', startsAtLocal: '2027-03-14T09:00', endsAtLocal: '2027-03-14T10:00' });
  const zone = 'Europe/Berlin';
  const calm = await draft({ zone, shifts: [day] });
  const ask = (eventId: string, query: Record<string, string>) =>
    call<Dates>('GET /api/events/{eventId}/repeats', { params: { eventId }, query });
  expect((await ask(calm.eventId, { every: 'week', count: '4' })).body.items).toMatchObject([
    { date: '2027-03-21', startsAt: '2027-03-21T08:00:00.000Z' },
    { date: '2027-03-28', startsAt: '2027-03-28T07:00:00.000Z' },
    { date: '2027-04-04', startsAt: '2027-04-04T07:00:00.000Z' },
  ]);
  const skipped = await draft({ zone, shifts: [night] });
  const seen = (await ask(skipped.eventId, { every: 'week', count: '3' })).body.items;
  expect(seen.map(({ date, fault }) => [date, fault !== undefined])).toEqual([
    ['2027-03-21', false],
    ['2027-03-28', true],
  ]);
  expect(await repeat(skipped.eventId, { count: 3, publish: false })).toMatchObject({
    status: 422,
    body: { code: 'event-incomplete', errors: [{ path: 'except.2027-03-28' }] },
  });
  expect((await repeat(skipped.eventId, { count: 3, except: ['2027-03-28'], publish: false })).status).toBe(201);
});

it('nothing repeats without end: it is refused with a clear word, and nothing is made', async () => {
  const { draft, repeat, call } = await aCity();
  const { eventId } = await draft();
  const refused = await repeat(eventId, {});
  expect(refused).toMatchObject({ status: 422, body: { code: 'event-incomplete', errors: [{ path: 'until' }] } });
  expect(refused.body.errors?.[0]?.message).toContain('没有尽头的重复不能建立');
  expect((await repeat(eventId, { until: '2099-01-01' })).body.errors).toMatchObject([{ path: 'until' }]);
  const mine = await call<{ items: object[] }>('GET /api/organisations/{organisationId}/events', {
    params: { organisationId: 'helpers' },
  });
  expect(mine.body.items).toHaveLength(1);
});

it('a series is made once, whatever stops it halfway and whoever goes on with it', async () => {
  const { store, draft, repeat, job, call } = await aCity();
  const { eventId } = await draft({ opensAtLocal: '2026-11-26T20:00', category: 'blood-donation' });
  const key = 'repeat-it-once';
  const [begun, again] = [await repeat(eventId, { count: 6 }, key), await repeat(eventId, { count: 6 }, key)];
  expect(begun.status).toBe(201);
  expect(again.body.seriesId).toBe(begun.body.seriesId);
  expect((await repeat(eventId, { count: 2, version: 2 })).body.code).toBe('wrong-state');
  const { seriesId } = begun.body;

  let left = 5;
  const dying: Store = {
    ...store,
    transact: async (items) => {
      left -= 1;
      if (left < 0) throw new Error('killed');
      return await store.transact(items);
    },
  };
  await expect(goOnMaking(job('announce', dying), seriesId)).rejects.toThrow('killed');
  const halfway = await createSeries(store).get(seriesId);
  expect(halfway?.status).toBe('making');
  expect(halfway?.made).toBeLessThan(5);
  await Promise.all([goOnMaking(job('announce'), seriesId), resumeMaking(job('tick')), resumeMaking(job('tick'))]);

  const made = await call<Series>('GET /api/series/{seriesId}', { params: { seriesId } });
  expect(made.body).toMatchObject({ status: 'made' });
  expect(made.body.items.map(({ date, status }) => [date, status])).toEqual([
    ['2026-11-28', 'draft'],
    ...['2026-12-05', '2026-12-12', '2026-12-19', '2026-12-26', '2027-01-02'].map((date) => [date, 'published']),
  ]);
  const last = await createEvents(store).get(made.body.items.at(-1)?.eventId ?? '');
  // What opens on the Thursday before, opens on the Thursday before each; the service stays what it is.
  expect(last).toMatchObject({ seriesId, category: 'blood-donation', opensAt: '2026-12-31T12:00:00.000Z', version: 2 });
  const slots = await createSlots(store).day(last?.eventId ?? '', '2027-01-02');
  expect(slots.map(({ free, slot }) => [free, slot.opensAt])).toEqual([[3, '2026-12-31T12:00:00.000Z']]);
});
