import { beforeEach, describe, expect, it } from 'vitest';
import { engineDeps } from '../../functions/runtime/common-deps.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import type { Store } from '../../shared/store/client.ts';
import type { BookingItem, ClosureItem, LockItem, SlotItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { unpackLock } from '../../shared/store/lock.ts';
import { createSites } from '../../shared/store/sites.ts';
import { createSlots, takenOf } from '../../shared/store/slots.ts';
import { goOnClosing } from '../../shared/store/transactions/go-on-closing.ts';
import { aPerson } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { aStation, type Station } from '../support/station.ts';

const DAY = '2026-12-20';
const NEXT = '2026-12-21';
let station: Station;
beforeEach(async () => {
  station = await aStation();
});

type Place = { slotId: string; siteId: string; startsAt: string };
type Entry = {
  bookingId: string;
  name: string;
  from: Place;
  to?: Place;
  state: string;
  code?: string;
  until?: string;
};
type View = { closureId: string; status: string; version: number; counts: Record<string, number>; items: Entry[] };

const whole = { siteId: 'central', from: DAY, to: DAY, places: 0 };
const close = async (more: Record<string, unknown> = {}, key?: string) =>
  await station.call<View>('closures', 'POST /api/closures', {
    body: { ...whole, reason: 'equipment', ...more },
    ...(key && { key }),
  });
const preview = async (more: Record<string, unknown> = {}) => {
  const query = Object.fromEntries(Object.entries({ ...whole, ...more }).map(([name, it]) => [name, String(it)]));
  return (
    await station.call<{ moved: number; none: number; stay: number; slots: number; items: Entry[] }>(
      'closures',
      'GET /api/closures/preview',
      { query },
    )
  ).body;
};
const look = async (closureId: string) =>
  (
    await station.call<View>('closures', 'GET /api/closures/{closureId}', {
      params: { closureId },
      query: { siteId: 'central' },
    })
  ).body;
const reopen = async (closureId: string) =>
  await station.call<View>('closures', 'POST /api/closures/{closureId}/reopen', {
    params: { closureId },
    body: { siteId: 'central', version: (await look(closureId)).version },
  });
const answerFor = async (closureId: string, bookingId: string, answer: string, slotId?: string) =>
  await station.call<Entry>('closures', 'POST /api/closures/{closureId}/answers', {
    params: { closureId },
    body: { siteId: 'central', bookingId, answer, ...(slotId && { slotId }) },
  });
const book = async (slotId: string, as?: string) => {
  const donor = as ?? (await aPerson(station.store, { name: '陈晓' }));
  const answer = await station.call<{ bookingId: string } & Problem>('bookings', 'POST /api/bookings', {
    as: donor,
    body: { slotId },
  });
  return { donor, answer, bookingId: answer.body.bookingId };
};
const booking = async (bookingId: string) =>
  (await station.store.get<BookingItem>(keys.booking(bookingId), { consistent: true })) as BookingItem;
const slot = async (slotId: string) =>
  (await station.store.get<SlotItem>(keys.slot(slotId), { consistent: true })) as SlotItem;
const taken = async (slotId: string) => takenOf(await createSlots(station.store).pools(slotId, { consistent: true }));
const accept = async (as: string, bookingId: string) =>
  await station.call<Entry>('closures', 'POST /api/moves/{bookingId}/accept', { as, params: { bookingId }, body: {} });
const mine = async (as: string) =>
  (await station.call<{ items: Entry[] }>('closures', 'GET /api/moves', { as })).body.items;

describe('a closure', () => {
  it('moves everybody to the nearest place, at the time closest to theirs, and asks them; nothing else is touched', async () => {
    const nine = await aSlot(station.store, { date: DAY, time: '0900', places: 2 });
    const noon = await aSlot(station.store, { date: DAY, time: '1300', places: 1 });
    const later = await aSlot(station.store, { date: DAY, time: '1500', places: 5 });
    const [first, second] = [await book(nine.slotId), await book(nine.slotId)];
    const stays = await book(later.slotId);
    const body = (await close({ toTime: '12:00' })).body;
    expect(body).toMatchObject({ status: 'applying', places: 0, from: DAY, to: DAY });
    // New bookings stop before anything else has happened.
    expect((await book(nine.slotId)).answer.body.reasons?.map(({ code }) => code)).toEqual(['slot-closed']);
    await station.settle();
    expect([(await booking(first.bookingId)).slotId, (await booking(second.bookingId)).slotId]).toEqual([
      noon.slotId,
      later.slotId,
    ]);
    expect((await booking(stays.bookingId)).version).toBe(1);
    expect((await slot(nine.slotId)).status).toBe('closed');
    expect(await taken(nine.slotId)).toBe(0);
    const seen = await look(body.closureId);
    expect(seen).toMatchObject({ status: 'applied', counts: { asked: 2, accepted: 0 } });
    expect(seen.items.map(({ name, state }) => [name, state])).toEqual([
      ['陈晓', 'asked'],
      ['陈晓', 'asked'],
    ]);
    const [text] = (await station.textsTo(first.donor)).slice(-1);
    expect(text).toContain('12月20日13:00');
    expect(text).toMatch(/停采/);
    expect(text).toMatch(/\/m|报\d{4}/);
  });

  it('is previewed as it then happens', async () => {
    const nine = await aSlot(station.store, { date: DAY, time: '0900', places: 3 });
    await aSlot(station.store, { date: DAY, time: '1300', places: 1 });
    await aSite(station.store, { siteId: 'east' });
    await aSlot(station.store, { containerId: 'east', date: DAY, time: '1000', places: 1 });
    for (let n = 0; n < 3; n += 1) await book(nine.slotId);
    const before = await preview({ toTime: '12:00' });
    expect(before).toMatchObject({ slots: 1, stay: 0, moved: 2, sameDay: 1, elsewhere: 1, none: 1 });
    const { closureId } = (await close({ toTime: '12:00' })).body;
    await station.settle();
    const places = (items: Entry[]) => Object.fromEntries(items.map(({ bookingId, to }) => [bookingId, to?.slotId]));
    expect(places((await look(closureId)).items)).toEqual(places(before.items));
  });

  it('sends nobody to a place that the rules refuse, or that meets another of theirs', async () => {
    const nine = await aSlot(station.store, { date: DAY, time: '0900', places: 2 });
    await aSlot(station.store, { date: DAY, time: '1300', places: 5 });
    const shift = await aSlot(station.store, { containerId: 'walk', shift: 'guide', date: DAY, time: '1230' });
    const next = await aSlot(station.store, { date: NEXT, time: '0900', places: 5 });
    const helper = await book(nine.slotId);
    await book(shift.slotId, helper.donor);
    await close({ toTime: '12:00' });
    await station.settle();
    expect((await booking(helper.bookingId)).slotId).toBe(next.slotId);
  });

  it('ends a booking for which nothing is near, says so kindly, and shows staff who books again', async () => {
    const nine = await aSlot(station.store, { date: DAY, time: '0900', places: 1 });
    const far = await aSlot(station.store, { date: '2027-01-10', time: '0900', places: 1 });
    const { donor, bookingId } = await book(nine.slotId);
    const { closureId } = (await close()).body;
    await station.settle();
    expect(await booking(bookingId)).toMatchObject({ status: 'cancelled', cancelCause: 'site-closed' });
    expect((await station.textsTo(donor)).at(-1)).toMatch(/停采.*请另选 https:\/\/nuanliu.example\/donate/);
    expect((await look(closureId)).counts).toMatchObject({ released: 1, rebooked: 0 });
    expect((await book(far.slotId, donor)).answer.status).toBe(201);
    expect((await look(closureId)).counts).toMatchObject({ released: 0, rebooked: 1 });
  });

  it('is one, however often it is asked for', async () => {
    const nine = await aSlot(station.store, { date: DAY, time: '0900', places: 1 });
    await aSlot(station.store, { date: NEXT, time: '0900', places: 1 });
    const { bookingId } = await book(nine.slotId);
    const first = await close({}, 'close-once-please');
    await station.settle();
    const again = await close({}, 'close-once-please');
    expect(again.body.closureId).toBe(first.body.closureId);
    await station.settle();
    expect((await booking(bookingId)).version).toBe(2);
    expect((await close({ places: 3 }, 'close-once-please')).status).toBe(422);
  });

  it('ends the wait of whoever waited for what is closed', async () => {
    const nine = await aSlot(station.store, { date: DAY, time: '0900', places: 1 });
    await book(nine.slotId);
    const waiter = await aPerson(station.store);
    await station.call('waiting', 'POST /api/waiting', { as: waiter, body: { slotId: nine.slotId, anyTime: false } });
    await close();
    await station.settle();
    expect((await station.textsTo(waiter)).at(-1)).toMatch(/不再开放/);
  });

  it('tells nobody at night what can wait, and everybody at once whose door is closed in the morning', async () => {
    station = await aStation();
    station.world.set('2026-12-19T15:00:00.000Z'); // 23:00
    const tomorrow = await aSlot(station.store, { date: DAY, time: '0900' });
    const after = await aSlot(station.store, { date: NEXT, time: '0900' });
    await aSlot(station.store, { date: NEXT, time: '1500', places: 2 });
    const [soon, later] = [await book(tomorrow.slotId), await book(after.slotId)];
    await station.settle();
    const count = station.phone.length;
    await close({ to: NEXT, toTime: '12:00' });
    await station.settle();
    expect(station.phone.slice(count)).toHaveLength(1);
    expect((await station.textsTo(soon.donor)).at(-1)).toMatch(/12月21日15:00/);
    await station.later(9 * 60 * 60_000 + 60_000); // 08:01
    expect((await station.textsTo(later.donor)).at(-1)).toMatch(/12月21日15:00/);
  });

  it('of what cannot be is refused, field by field', async () => {
    const wrong = async (more: Record<string, unknown>) =>
      (await close(more)).body as unknown as { errors?: { path: string }[] };
    expect((await wrong({ from: '2026-11-22', to: DAY })).errors).toMatchObject([{ path: 'from' }]);
    expect((await wrong({ to: '2026-12-19' })).errors).toMatchObject([{ path: 'to' }]);
    expect((await wrong({ to: '2027-01-20' })).errors).toMatchObject([{ path: 'to' }]);
    expect((await wrong({ fromTime: '14:00', toTime: '14:00' })).errors).toMatchObject([{ path: 'toTime' }]);
    expect((await wrong({ from: '2028-01-01', to: '2028-01-01' })).errors).toMatchObject([{ path: 'from' }]);
    await aSite(station.store, { procedures: ['whole-blood'] });
    expect((await wrong({ procedure: 'platelets' })).errors).toMatchObject([{ path: 'procedure' }]);
  });
});

describe('an answer', () => {
  async function moved() {
    const nine = await aSlot(station.store, { date: DAY, time: '0900', places: 3 });
    const noon = await aSlot(station.store, { date: DAY, time: '1300', places: 3 });
    const other = await aSlot(station.store, { date: NEXT, time: '1300', places: 3 });
    const people = [await book(nine.slotId), await book(nine.slotId), await book(nine.slotId)] as const;
    const { closureId } = (await close({ toTime: '12:00' })).body;
    await station.settle();
    return { nine, noon, other, people, closureId };
  }

  it('is theirs to give: accept, another time, or cancel; staff see each', async () => {
    const { people, closureId, other } = await moved();
    const [a, b, c] = people;
    expect((await mine(a.donor))[0]).toMatchObject({ state: 'asked', phone: '+862112345678' });
    expect((await accept(a.donor, a.bookingId)).body).toMatchObject({ state: 'accepted' });
    // Twice is once.
    expect((await accept(a.donor, a.bookingId)).body).toMatchObject({ state: 'accepted' });
    await station.call('bookings', 'POST /api/bookings/{bookingId}/reschedule', {
      as: b.donor,
      params: { bookingId: b.bookingId },
      body: { slotId: other.slotId },
    });
    await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', {
      as: c.donor,
      params: { bookingId: c.bookingId },
      body: {},
    });
    expect((await look(closureId)).counts).toMatchObject({ asked: 0, accepted: 1, other: 1, cancelled: 1 });
    expect((await accept(b.donor, b.bookingId)).status).toBe(404);
    expect((await accept(c.donor, c.bookingId)).status).toBe(409);
  });

  it('may be given by phone, with the code of the text, and is written down as staff’s', async () => {
    const { people, closureId, other } = await moved();
    const [a, b, c] = people;
    const [{ code = '' } = {}] = await mine(a.donor);
    const found = await station.call<Entry>('closures', 'GET /api/closures/moves', {
      query: { siteId: 'central', code },
    });
    expect(found.body).toMatchObject({ bookingId: a.bookingId, state: 'asked' });
    expect((await answerFor(closureId, a.bookingId, 'accept')).body).toMatchObject({
      state: 'accepted',
      byStaff: true,
    });
    expect((await answerFor(closureId, b.bookingId, 'other', other.slotId)).body).toMatchObject({ state: 'other' });
    expect((await answerFor(closureId, b.bookingId, 'other')).status).toBe(400);
    expect((await answerFor(closureId, c.bookingId, 'cancel')).body).toMatchObject({ state: 'cancelled' });
    expect((await answerFor(closureId, c.bookingId, 'accept')).status).toBe(409);
    expect(
      (await station.call('closures', 'GET /api/closures/moves', { query: { siteId: 'central', code: '0000' } }))
        .status,
    ).toBe(code === '0000' ? 200 : 404);
  });

  it('that does not come keeps the place: silence is no reason to stand before a closed door', async () => {
    const { people, closureId, noon } = await moved();
    await station.later(24 * 60 * 60_000 + 60_000);
    expect((await look(closureId)).counts).toMatchObject({ asked: 0, kept: 3 });
    expect(await booking(people[0].bookingId)).toMatchObject({ status: 'booked', slotId: noon.slotId });
    // Late is not too late.
    expect((await accept(people[0].donor, people[0].bookingId)).body).toMatchObject({ state: 'accepted' });
  });
});

describe('a cut', () => {
  it('moves who booked last, keeps who booked first, and the slot goes on with fewer places', async () => {
    const nine = await aSlot(station.store, { date: DAY, time: '0900', places: 4 });
    const noon = await aSlot(station.store, { date: DAY, time: '1300', places: 4 });
    const held = [];
    for (let n = 0; n < 4; n += 1) {
      held.push(await book(nine.slotId));
      station.world.advance(60_000);
    }
    const waiter = await aPerson(station.store);
    await station.call('waiting', 'POST /api/waiting', { as: waiter, body: { slotId: nine.slotId, anyTime: false } });
    expect(await preview({ places: 2, toTime: '12:00' })).toMatchObject({ stay: 2, moved: 2, none: 0 });
    await close({ places: 2, toTime: '12:00' });
    await station.settle();
    const where = await Promise.all(held.map(async ({ bookingId }) => (await booking(bookingId)).slotId));
    expect(where).toEqual([nine.slotId, nine.slotId, noon.slotId, noon.slotId]);
    expect(await slot(nine.slotId)).toMatchObject({ status: 'open', places: 2 });
    expect((await book(nine.slotId)).answer.body.reasons?.map(({ code }) => code)).toEqual(['slot-full']);
    // Whoever waits, waits on, and has the place of the next who leaves.
    expect((await station.textsTo(waiter)).filter((text) => /不再开放/.test(text))).toEqual([]);
    await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', {
      as: held[0]?.donor ?? '',
      params: { bookingId: held[0]?.bookingId ?? '' },
      body: {},
    });
    await station.settle();
    expect((await station.textsTo(waiter)).at(-1)).toMatch(/空位|有位/);
  });

  it('to what is taken anyway touches nobody', async () => {
    const nine = await aSlot(station.store, { date: DAY, time: '0900', places: 9 });
    const { bookingId } = await book(nine.slotId);
    await close({ places: 1 });
    await station.settle();
    expect(await slot(nine.slotId)).toMatchObject({ status: 'open', places: 1 });
    expect((await booking(bookingId)).version).toBe(1);
  });
});

describe('taken back', () => {
  it('a closure gives whoever has not answered their old time, leaves who has, and opens as it was', async () => {
    const nine = await aSlot(station.store, { date: DAY, time: '0900', places: 3 });
    const noon = await aSlot(station.store, { date: DAY, time: '1300', places: 3 });
    const [a, b] = [await book(nine.slotId), await book(nine.slotId)];
    const { closureId } = (await close({ toTime: '12:00' })).body;
    await station.settle();
    await accept(a.donor, a.bookingId);
    expect((await reopen(closureId)).body).toMatchObject({ status: 'reopening' });
    await station.settle();
    expect((await booking(a.bookingId)).slotId).toBe(noon.slotId);
    expect((await booking(b.bookingId)).slotId).toBe(nine.slotId);
    expect(await slot(nine.slotId)).toMatchObject({ status: 'open', places: 3 });
    expect((await slot(nine.slotId)).closure).toBeUndefined();
    expect(await look(closureId)).toMatchObject({ status: 'reopened', counts: { accepted: 1, returned: 1 } });
    expect((await station.textsTo(b.donor)).at(-1)).toContain('12月20日09:00');
    expect((await book(nine.slotId)).answer.status).toBe(201);
    expect((await reopen(closureId)).status).toBe(409);
  });

  it('so does a cut', async () => {
    const nine = await aSlot(station.store, { date: DAY, time: '0900', places: 3 });
    await aSlot(station.store, { date: DAY, time: '1300', places: 3 });
    const held = [await book(nine.slotId), await book(nine.slotId), await book(nine.slotId)];
    const { closureId } = (await close({ places: 1, toTime: '12:00' })).body;
    await station.settle();
    await reopen(closureId);
    await station.settle();
    for (const { bookingId } of held) expect((await booking(bookingId)).slotId).toBe(nine.slotId);
    expect(await slot(nine.slotId)).toMatchObject({ status: 'open', places: 3 });
  });
});

describe('stopped after any step', () => {
  class Stopped extends Error {}
  /** A store that dies with the transaction after so many, which has then been written or not. */
  function dying(store: Store, after: number, written: boolean): Store {
    let left = after;
    return {
      ...store,
      transact: async (items) => {
        left -= 1;
        if (left < 0) throw new Stopped();
        if (left === 0) {
          if (written) await store.transact(items);
          throw new Stopped();
        }
        return await store.transact(items);
      },
    };
  }

  /** Everything adds up: nobody has lost their booking, each holds one place, and each place that is taken is somebody's. */
  async function addsUp(slotIds: readonly string[], people: readonly { donor: string; bookingId: string }[]) {
    const items = await Promise.all(people.map(async ({ bookingId }) => await booking(bookingId)));
    for (const [n, item] of items.entries()) {
      const lock = await station.store.get<LockItem>(keys.lock(people[n]?.donor ?? ''), { consistent: true });
      const held = lock ? unpackLock(lock).commitments.map(({ slotId }) => slotId) : [];
      expect(held).toEqual(item.status === 'booked' ? [item.slotId] : []);
    }
    for (const slotId of slotIds) {
      const own = items.filter((item) => item.status === 'booked' && item.slotId === slotId);
      expect(await taken(slotId), slotId).toBe(own.length);
    }
  }

  async function goesOn(closureId: string) {
    const sites = await createSites(station.store).list();
    const run = async (store: Store) =>
      await goOnClosing({ ...engineDeps(store, station.world), quiet: () => undefined }, sites, {
        siteId: 'central',
        closureId,
      });
    const closure = async () =>
      (await station.store.get<ClosureItem>(keys.closure('central', closureId), { consistent: true }))?.status;
    return { run, closure };
  }

  it.each([
    ['a closure', 0],
    ['a cut', 1],
  ])('%s goes on where it was, and so does its end', async (_, places) => {
    const nine = await aSlot(station.store, { date: DAY, time: '0900', places: 3 });
    const ten = await aSlot(station.store, { date: DAY, time: '1000', places: 2 });
    const noon = await aSlot(station.store, { date: DAY, time: '1300', places: 2 });
    const next = await aSlot(station.store, { date: NEXT, time: '0900', places: 2 });
    const slotIds = [nine, ten, noon, next].map(({ slotId }) => slotId);
    const people: { donor: string; bookingId: string }[] = [];
    for (const id of [nine, nine, nine, ten, ten]) people.push(await book(id.slotId));
    const { closureId } = (await close({ places, toTime: '12:00' })).body;
    const { run, closure } = await goesOn(closureId);
    const through = async (status: string) => {
      for (let n = 0; (await closure()) !== status; n += 1) {
        expect(n, 'it comes to its end').toBeLessThan(200);
        await run(dying(station.store, 1 + (n % 2), n % 3 !== 0)).catch((error: unknown) => {
          if (!(error instanceof Stopped)) throw error;
        });
        await addsUp(slotIds, people);
      }
    };
    await through('applied');
    expect([await taken(nine.slotId), await taken(ten.slotId)]).toEqual(places === 0 ? [0, 0] : [1, 1]);
    const none = (await look(closureId)).counts['released'];
    expect(none).toBe(places === 0 ? 1 : 0);
    await reopen(closureId);
    await through('reopened');
    expect([await taken(nine.slotId), await taken(ten.slotId)]).toEqual([3, 2 - (none ?? 0)]);
    for (const id of [nine, ten]) expect((await slot(id.slotId)).status).toBe('open');
  });

  it('of the stream is gone on with by the tick', async () => {
    const nine = await aSlot(station.store, { date: DAY, time: '0900', places: 1 });
    const noon = await aSlot(station.store, { date: DAY, time: '1300', places: 1 });
    const { bookingId } = await book(nine.slotId);
    await close({ toTime: '12:00' });
    // The stream's records are lost.
    await station.read();
    await station.tick();
    expect((await booking(bookingId)).slotId).toBe(noon.slotId);
    expect((await slot(nine.slotId)).status).toBe('closed');
  });
});
