import { beforeEach, describe, expect, it } from 'vitest';
import { schedulesHandler } from '../../functions/events/schedules/index.ts';
import type { OpeningHours } from '../../shared/domain/weekly-hours.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { Store } from '../../shared/store/client.ts';
import { keys } from '../../shared/store/keys.ts';
import { makeSlots, putSchedule } from '../../shared/store/schedules.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { aSite } from '../builders/places.ts';
import { freshTables, storeOn } from '../support/engine.ts';
import { guarded } from '../support/guard.ts';
import { testWorld } from '../support/world.ts';

/** Monday 23 November 2026, ten in the morning in Shanghai. */
const world = testWorld('2026-11-23T02:00:00.000Z');
let store: Store;
let night: () => Promise<{ made: number }>;

beforeEach(async () => {
  const names = await freshTables();
  store = storeOn(names);
  world.set('2026-11-23T02:00:00.000Z');
  const deps = { store: guarded(storeOn(names), ACCESS.schedules, names.private), ...world };
  night = schedulesHandler(async () => deps);
});

const hours = (more: Partial<OpeningHours> = {}): OpeningHours => ({
  weekday: 1,
  from: '09:00',
  to: '12:00',
  slotMinutes: 60,
  places: 4,
  procedure: 'whole-blood',
  ...more,
});
const week = (siteId: string, open: OpeningHours[], more: object = {}) =>
  putSchedule(store, {
    kind: 'site-schedule',
    siteId,
    effectiveFrom: '2026-01-01',
    hours: open,
    closedOn: [],
    stops: [],
    ...more,
  });
const times = async (siteId: string, date: string) =>
  (await createSlots(store).day(siteId, date)).map(({ slot }) => slot.startsAt.slice(11, 16));

describe('a night’s making of slots', () => {
  it('makes four weeks ahead of each site’s hours, with all places free', async () => {
    await aSite(store);
    await week('central', [hours({ places: 30 }), hours({ weekday: 2, procedure: 'platelets', slotMinutes: 90 })]);
    // Five Mondays of three slots, four Tuesdays of two.
    expect(await night()).toEqual({ made: 5 * 3 + 4 * 2 });
    const [first] = await createSlots(store).day('central', '2026-12-21');
    expect(first).toMatchObject({
      free: 30,
      slot: {
        slotId: 'central_2026-12-21_0900_whole-blood',
        startsAt: '2026-12-21T01:00:00.000Z',
        endsAt: '2026-12-21T02:00:00.000Z',
        places: 30,
        pools: 2,
        pack: 'cn',
        status: 'open',
        cutoffMinutes: 120,
      },
    });
    expect(await times('central', '2026-12-28')).toEqual([]);
  });

  it('makes once what it is asked for twice, also at the same instant', async () => {
    await aSite(store);
    await week('central', [hours()]);
    const made = (await Promise.all([night(), night(), night()])).reduce((sum, it) => sum + it.made, 0);
    expect(made).toBe(15);
    expect(await night()).toEqual({ made: 0 });
    expect(await times('central', '2026-11-30')).toEqual(['01:00', '02:00', '03:00']);
  });

  it('goes on where one that was killed has stopped', async () => {
    await aSite(store);
    await week('central', [hours()]);
    let left = 2;
    const dying: Store = {
      ...store,
      transact: async (items) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return await store.transact(items);
      },
    };
    await expect(makeSlots({ ...world, store: dying })).rejects.toThrow('could not be made at: central');
    expect(await night()).toEqual({ made: 15 - 2 * 3 });
  });

  it('says at which site it failed, and does not let the others wait for it', async () => {
    await aSite(store, { siteId: 'broken' });
    await aSite(store, { siteId: 'sound' });
    await week('broken', [hours({ from: '9 o’clock' })]);
    await week('sound', [hours()]);
    await expect(night()).rejects.toThrow(/at: broken$/);
    expect(await times('sound', '2026-11-30')).toHaveLength(3);
  });

  it('adds a day each day', async () => {
    await aSite(store);
    await week('central', [hours()]);
    await night();
    world.advance(7 * 86_400_000);
    expect(await night()).toEqual({ made: 3 });
  });

  it('leaves slots as they are when a site’s week changes, places taken or not', async () => {
    await aSite(store);
    await week('central', [hours()]);
    await night();
    await store.update({
      Key: keys.pool('central_2026-11-30_0900_whole-blood', 0),
      UpdateExpression: 'SET #free = :free',
      ExpressionAttributeNames: { '#free': 'free' },
      ExpressionAttributeValues: { ':free': 1 },
    });
    await week('central', [hours({ places: 9, slotMinutes: 180 })], { effectiveFrom: '2026-11-25' });
    expect(await night()).toEqual({ made: 0 });
    const [first] = await createSlots(store).day('central', '2026-11-30');
    expect(first).toMatchObject({ free: 1, slot: { places: 4, endsAt: '2026-11-30T02:00:00.000Z' } });
  });

  it('follows each week from its date on, keeps closed days closed and says where the bus stands', async () => {
    await aSite(store, { siteId: 'bus', siteKind: 'bus' });
    const stop = (text: string) => ({ zh: text, en: text });
    const stops = [
      { on: 1, stop: stop('University') },
      { on: '2026-12-14', stop: stop('Harbour') },
    ];
    await week('bus', [hours({ to: '10:00' })], { stops, effectiveTo: '2026-12-14' });
    await week('bus', [hours({ from: '14:00', to: '15:00' })], {
      effectiveFrom: '2026-12-15',
      closedOn: ['2026-11-30'],
    });
    await week('bus', [hours({ to: '10:00' })], { effectiveFrom: '2026-11-24', stops, closedOn: ['2026-11-30'] });
    await night();
    expect(await times('bus', '2026-11-30')).toEqual([]);
    expect(await times('bus', '2026-12-21')).toEqual(['06:00']);
    const stopOn = async (date: string) => (await createSlots(store).day('bus', date))[0]?.slot.stop?.en;
    expect(await stopOn('2026-12-07')).toBe('University');
    expect(await stopOn('2026-12-14')).toBe('Harbour');
  });
});

describe('in weeks in which clocks change', () => {
  const night24 = [hours({ weekday: 7, from: '00:00', to: '06:00' })];

  it('has no slot in the hour that is skipped', async () => {
    world.set('2026-03-20T12:00:00.000Z');
    await aSite(store, { siteId: 'berlin', zone: 'Europe/Berlin' });
    await week('berlin', night24);
    await night();
    expect(await times('berlin', '2026-03-22')).toEqual(['23:00', '00:00', '01:00', '02:00', '03:00', '04:00']);
    expect(await times('berlin', '2026-03-29')).toEqual(['23:00', '00:00', '01:00', '02:00', '03:00']);
  });

  it('has both slots of the hour that is repeated, made once each', async () => {
    world.set('2026-10-20T12:00:00.000Z');
    await aSite(store, { siteId: 'berlin', zone: 'Europe/Berlin' });
    await week('berlin', night24);
    await night();
    expect(await night()).toEqual({ made: 0 });
    const slots = (await createSlots(store).day('berlin', '2026-10-25')).map(({ slot }) => slot);
    expect(slots.map(({ slotId }) => slotId.split('_')[2])).toEqual([
      '0000',
      '0100',
      '0200',
      '0200b',
      '0300',
      '0400',
      '0500',
    ]);
    expect(new Set(slots.map(({ startsAt }) => startsAt)).size).toBe(7);
  });

  it('begins from the site’s own today', async () => {
    // Still Sunday in Los Angeles, already Monday in Shanghai.
    world.set('2026-11-22T18:00:00.000Z');
    await aSite(store, { siteId: 'west', zone: 'America/Los_Angeles' });
    await aSite(store, { siteId: 'east', zone: 'Asia/Shanghai' });
    const sunday = [hours({ weekday: 7, to: '10:00' })];
    await week('west', sunday);
    await week('east', sunday);
    await night();
    expect(await times('west', '2026-11-22')).toHaveLength(1);
    expect(await times('east', '2026-11-22')).toHaveLength(0);
  });
});
