import { beforeEach, describe, expect, it } from 'vitest';
import { schedulesHandler } from '../../functions/events/schedules/index.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { Store } from '../../shared/store/client.ts';
import { keys } from '../../shared/store/keys.ts';
import { makeSlotsOf } from '../../shared/store/schedules.ts';
import { createSites } from '../../shared/store/sites.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { aPerson } from '../builders/people.ts';
import { storeOn } from '../support/engine.ts';
import { guarded } from '../support/guard.ts';
import { aStation, type Station } from '../support/station.ts';

/** Mondays; the clock stands at Monday 23 November, ten in the morning. */
const FIRST = '2026-11-30';
const SECOND = '2026-12-07';
let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const stretch = (more: object = {}) => ({
  weekday: 1,
  from: '09:00',
  to: '12:00',
  slotMinutes: 60,
  places: 4,
  procedure: 'whole-blood',
  ...more,
});
const empty = { closedOn: [], otherHours: [], stops: [] };
type Plan = {
  weeks: { effectiveFrom: string; version: number }[];
  days: { date: string; slots: { taken: number }[] }[];
};
const put = async (more: object = {}, { from = '2026-11-23', key }: { from?: string; key?: string } = {}) =>
  await station.call<Plan & Problem>('planning', 'PUT /api/planning/{siteId}/weeks/{effectiveFrom}', {
    params: { siteId: 'central', effectiveFrom: from },
    body: { isNew: true, version: 0, hours: [stretch()], ...empty, ...more },
    ...(key && { key }),
  });
const edit = async (version: number, more: object = {}) => await put({ isNew: false, version, ...more });
const day = async (date: string) =>
  (await createSlots(station.store).dayNow('central', date)).map(
    ({ slot }) => `${slot.slotId.split('_')[2]} ${slot.places}`,
  );
const book = async (slotId: string) =>
  await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
    as: await aPerson(station.store),
    body: { slotId },
  });
const night = async () => {
  const store = guarded(storeOn(station.names), ACCESS.schedules, station.names.private);
  return await schedulesHandler(async () => ({ store, ...station.world }))();
};

describe('a site’s week', () => {
  it('has its slots at once, four weeks ahead, and goes on at night', async () => {
    const { status, body } = await put();
    expect(status).toBe(200);
    expect(body.weeks).toMatchObject([{ effectiveFrom: '2026-11-23', version: 1 }]);
    expect(await day(FIRST)).toEqual(['0900 4', '1000 4', '1100 4']);
    expect(await day('2026-12-28')).toEqual([]);
    station.world.advance(7 * 86_400_000);
    await night();
    expect(await day('2026-12-28')).toEqual(['0900 4', '1000 4', '1100 4']);
  });

  it('may have dates on which it is closed, dates with hours of their own, and a stop for its bus', async () => {
    await put({
      closedOn: [FIRST],
      otherHours: [
        { on: SECOND, hours: [{ from: '14:00', to: '16:00', slotMinutes: 60, places: 2, procedure: 'platelets' }] },
      ],
      stops: [{ on: 1, stop: { zh: '北门', en: 'North Gate' } }],
    });
    expect(await day(FIRST)).toEqual([]);
    expect(await day(SECOND)).toEqual(['1400 2', '1500 2']);
    const [slot] = await createSlots(station.store).dayNow('central', SECOND);
    expect(slot?.slot).toMatchObject({ procedure: 'platelets', stop: { zh: '北门' } });
  });

  it('that is changed adds what is new, takes away what is nobody’s, and touches no place that somebody holds', async () => {
    await put();
    const held = await book(`central_${FIRST}_0900_whole-blood`);
    expect(held.status).toBe(201);
    const { body } = await edit(1, { hours: [stretch({ from: '13:00', to: '15:00' })] });
    expect(await day(FIRST)).toEqual(['0900 4', '1300 4', '1400 4']);
    expect(await day(SECOND)).toEqual(['1300 4', '1400 4']);
    expect(body.days.find(({ date }) => date === FIRST)?.slots.map(({ taken }) => taken)).toEqual([1, 0, 0]);
  });

  it('of another rhythm waits for what is in its way, and comes when that is closed and its people are moved', async () => {
    await put();
    await book(`central_${FIRST}_0900_whole-blood`);
    await edit(1, { hours: [stretch({ slotMinutes: 45 })] });
    expect(await day(FIRST)).toEqual(['0900 4', '1030 4', '1115 4']);
    expect(await day(SECOND)).toEqual(['0900 4', '0945 4', '1030 4', '1115 4']);
    await night();
    expect(await day(FIRST)).toEqual(['0900 4', '1030 4', '1115 4']);
    await station.call('closures', 'POST /api/closures', {
      body: { siteId: 'central', from: FIRST, to: FIRST, toTime: '10:00', places: 0, reason: 'other' },
    });
    await station.settle();
    await night();
    // Nothing of the old hours is left, and while the closure holds nothing new comes in its time.
    expect(await day(FIRST)).toEqual(['1030 4', '1115 4']);
    const [{ closureId = '', version = 0 } = {}] = (
      await station.call<{ items: { closureId: string; version: number }[] }>('closures', 'GET /api/closures', {
        query: { siteId: 'central' },
      })
    ).body.items;
    await station.call('closures', 'POST /api/closures/{closureId}/reopen', {
      params: { closureId },
      body: { siteId: 'central', version },
    });
    await station.settle();
    await night();
    expect(await day(FIRST)).toEqual(['0900 4', '0945 4', '1030 4', '1115 4']);
  });

  it('is changed once by a key, and over nobody else’s change', async () => {
    const first = await put({}, { key: 'the-first-week' });
    expect((await put({}, { key: 'the-first-week' })).body.weeks).toEqual(first.body.weeks);
    expect((await put({ hours: [] }, { key: 'the-first-week' })).status).toBe(422);
    expect((await put()).body.code).toBe('changed-meanwhile');
    expect((await edit(0)).body.code).toBe('changed-meanwhile');
    expect((await edit(1)).status).toBe(200);
    expect((await edit(1)).body.code).toBe('changed-meanwhile');
  });

  it('that cannot be is refused field by field', async () => {
    const errors = async (more: object) => (await put(more)).body.errors?.map(({ path }) => path);
    expect(await errors({ hours: [stretch({ to: '09:30' })] })).toEqual(['hours.0.to']);
    expect(await errors({ hours: [stretch(), stretch({ from: '11:00', to: '13:00' })] })).toEqual(['hours.1.from']);
    expect((await put({}, { from: '2026-11-22' })).body.errors?.map(({ path }) => path)).toEqual(['effectiveFrom']);
  });

  it('takes over from another on its day', async () => {
    await put();
    await put({ hours: [stretch({ from: '18:00', to: '20:00' })] }, { from: '2026-12-01' });
    expect(await day(FIRST)).toEqual(['0900 4', '1000 4', '1100 4']);
    expect(await day(SECOND)).toEqual(['1800 4', '1900 4']);
  });

  it('is made as a closure that holds says', async () => {
    await station.call('closures', 'POST /api/closures', {
      body: { siteId: 'central', from: FIRST, to: FIRST, toTime: '11:00', places: 0, reason: 'other' },
    });
    await station.call('closures', 'POST /api/closures', {
      body: { siteId: 'central', from: SECOND, to: SECOND, places: 1, reason: 'staff' },
    });
    await put();
    expect(await day(FIRST)).toEqual(['1100 4']);
    expect(await day(SECOND)).toEqual(['0900 1', '1000 1', '1100 1']);
  });

  it('stopped halfway goes on at night: what it no longer has does not stay', async () => {
    await put();
    let left = 3;
    const dying: Store = {
      ...station.store,
      transact: async (items) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return await station.store.transact(items);
      },
    };
    const [site] = await createSites(station.store).list();
    if (!site) throw new Error('no site');
    await edit(1, { hours: [stretch({ from: '13:00', to: '15:00' })] });
    await edit(2, { hours: [stretch()] });
    // The write is there, the slots of it are not: as if the function had died right after it.
    const week = (await station.store.get(keys.siteSchedule('central', '2026-11-23'))) as object;
    await station.store.put({ Item: { ...week, hours: [stretch({ weekday: 2 })], unsettled: true, version: 9 } });
    await expect(
      makeSlotsOf({ ...station.world, store: dying }, site, new Date(station.world.clock.now()).toISOString()),
    ).rejects.toThrow('killed');
    await night();
    expect(await day(FIRST)).toEqual([]);
    expect(await day('2026-12-01')).toHaveLength(3);
  });
});
