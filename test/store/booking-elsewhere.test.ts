import { beforeAll, describe, expect, it } from 'vitest';
import { schedulesHandler } from '../../functions/events/schedules/index.ts';
import { bookingsDeps } from '../../functions/http/bookings/deps.ts';
import { bookingsRoutes } from '../../functions/http/bookings/index.ts';
import { areaHandler } from '../../functions/runtime/area-handler.ts';
import { bookings } from '../../shared/contract/bookings.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { Store } from '../../shared/store/client.ts';
import { putSchedule } from '../../shared/store/schedules.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { wholeBlood } from '../builders/facts.ts';
import { aPerson } from '../builders/people.ts';
import { aSite } from '../builders/places.ts';
import { callRoute } from '../support/api.ts';
import { freshTables, storeOn } from '../support/engine.ts';
import { guarded } from '../support/guard.ts';
import { testWorld } from '../support/world.ts';

type View = { bookingId: string; slotId: string; date: string; startsAt: string; status: string };

/** A week before clocks go back in London, in the night of 31 October 2027. */
const BEFORE = '2027-10-24T12:00:00.000Z';
const world = testWorld(BEFORE);
let store: Store;
let handler: unknown;

const SITES = [
  ['london', 'uk', 'Europe/London'],
  ['new-york', 'us', 'America/New_York'],
  ['kiritimati', 'uk', 'Pacific/Kiritimati'],
  ['pago-pago', 'us', 'Pacific/Pago_Pago'],
] as const;

beforeAll(async () => {
  const names = await freshTables();
  store = storeOn(names);
  for (const [siteId, pack, zone] of SITES) {
    await aSite(store, { siteId, pack, zone, cutoffMinutes: 60, procedures: ['whole-blood'] });
    await putSchedule(store, {
      kind: 'site-schedule',
      siteId,
      effectiveFrom: '2027-01-01',
      hours: [6, 7].flatMap((weekday) =>
        [
          { from: '00:00', to: '01:00' },
          { from: '01:00', to: '03:00' },
          { from: '23:00', to: '24:00' },
        ].map((open) => ({ ...open, weekday, slotMinutes: 60, places: 4, procedure: 'whole-blood' as const })),
      ),
      closedOn: [],
      stops: [],
    });
  }
  const made = { store: guarded(storeOn(names), ACCESS.schedules, names.private), ...world };
  await schedulesHandler(async () => made)();
  const deps = bookingsDeps(guarded(storeOn(names), ACCESS.bookings, names.private), world);
  handler = areaHandler(bookings, async () => deps, bookingsRoutes);
});

const slotAt = async (siteId: string, date: string, time: string) => {
  const id = `${siteId}_${date}_${time}_whole-blood`;
  const found = (await createSlots(store).day(siteId, date)).find(({ slot }) => slot.slotId === id);
  if (!found) throw new Error(`${id} was not made`);
  return found.slot;
};
const book = (as: string, slotId: string) =>
  callRoute<View & Problem>(handler, 'POST /api/bookings', { as, body: { slotId } });
const cancel = (as: string, bookingId: string) =>
  callRoute<View & Problem>(handler, 'POST /api/bookings/{bookingId}/cancel', { as, params: { bookingId }, body: {} });
const whyNot = ({ body }: { body: Problem }) => body.reasons?.map(({ code, from }) => [code, from]);

describe('at a London site on the night clocks go back', () => {
  it('each hour has its slot, the repeated one two', async () => {
    const day = await createSlots(store).day('london', '2027-10-31');
    expect(day.map(({ slot }) => slot.startsAt)).toEqual([
      '2027-10-30T23:00:00.000Z',
      '2027-10-31T00:00:00.000Z',
      '2027-10-31T01:00:00.000Z',
      '2027-10-31T02:00:00.000Z',
      '2027-10-31T23:00:00.000Z',
    ]);
  });

  it.each(['0000', '0100', '0100b', '0200', '2300'])(
    'a booking at %s keeps its time and its local date',
    async (time) => {
      const slot = await slotAt('london', '2027-10-31', time);
      const donor = await aPerson(store);
      const { status, body } = await book(donor, slot.slotId);
      expect(status).toBe(201);
      expect(body).toMatchObject({ date: '2027-10-31', startsAt: slot.startsAt });
    },
  );

  it('a change is taken until sixty minutes have to pass, however the clock shows them', async () => {
    const slot = await slotAt('london', '2027-10-31', '0100b');
    const [early, late] = [await aPerson(store), await aPerson(store)];
    const held = [await book(early, slot.slotId), await book(late, slot.slotId)];
    world.set('2027-10-30T23:59:59.000Z');
    expect((await cancel(early, held[0]?.body.bookingId ?? '')).status).toBe(200);
    world.set('2027-10-31T00:00:01.000Z');
    expect(whyNot(await cancel(late, held[1]?.body.bookingId ?? ''))).toEqual([['past-cutoff', undefined]]);
    world.set(BEFORE);
  });
});

describe('a site’s pack and zone', () => {
  it.each([
    ['london', 'male', '2027-08-08', '2027-10-31'],
    ['london', 'female', '2027-07-11', '2027-10-31'],
    ['new-york', 'female', '2027-09-05', '2027-10-31'],
  ] as const)('at %s ask a %s donor of %s to wait to %s, and no hour longer', async (siteId, sex, gave, opens) => {
    const facts = { sex, donations: [wholeBlood(gave, 470)], repeatDonor: true };
    const tooSoon = await book(await aPerson(store, { facts }), (await slotAt(siteId, '2027-10-30', '2300')).slotId);
    expect(tooSoon.status).toBe(409);
    expect(whyNot(tooSoon)).toEqual([['interval', opens]]);
    const inTime = await book(await aPerson(store, { facts }), (await slotAt(siteId, opens, '0000')).slotId);
    expect(inTime.status).toBe(201);
  });

  it('decide by the date on their own side of the date line', async () => {
    const [east, west] = [
      await slotAt('kiritimati', '2027-10-31', '0000'),
      await slotAt('pago-pago', '2027-10-30', '2300'),
    ];
    const birthday = { birthDate: '2010-10-31' };
    expect((await book(await aPerson(store, { facts: birthday }), east.slotId)).status).toBe(201);
    expect(
      (await book(await aPerson(store, { facts: { birthDate: '2011-10-31' } }), west.slotId)).body.reasons,
    ).toMatchObject([{ code: 'too-young', from: '2027-10-31' }]);
    expect((await book(await aPerson(store, { facts: birthday }), west.slotId)).body.date).toBe('2027-10-30');
  });
});
