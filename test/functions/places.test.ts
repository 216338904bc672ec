import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../shared/contract/problem.ts';
import type { AuditItem, BookingItem, SlotItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { createSlots, POOL_PLACES, takenOf } from '../../shared/store/slots.ts';
import { aPerson } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { aStation, type Station } from '../support/station.ts';

type View = {
  slotId: string;
  status: string;
  places: number;
  taken: number;
  free: number;
  version: number;
};

const ROUTE = 'PATCH /api/donations/slots/{slotId}';
const DAY = '2026-12-20';
let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const change = async (
  slotId: string,
  body: { version: number; places?: number; open?: boolean },
  more: { key?: string; as?: string; language?: string } = {},
) =>
  await station.call<View & Problem>('donations', ROUTE, {
    as: more.as ?? station.staff,
    params: { slotId },
    body,
    ...(more.key && { key: more.key }),
    ...(more.language && { headers: { 'accept-language': more.language } }),
  });
const day = async () =>
  (
    await station.call<{ items: View[] }>('donations', 'GET /api/donations/slots', {
      as: station.staff,
      query: { siteId: 'central', date: DAY },
    })
  ).body.items;
const book = async (slotId: string, as?: string) =>
  await station.call<{ bookingId: string } & Problem>('bookings', 'POST /api/bookings', {
    as: as ?? (await aPerson(station.store)),
    body: { slotId },
  });
const reasons = (answer: { body: Problem }) => answer.body.reasons?.map(({ code }) => code);
const pools = async (slotId: string) => await createSlots(station.store).pools(slotId, { consistent: true });
const stored = async (slotId: string) =>
  (await station.store.get<SlotItem>(keys.slot(slotId), { consistent: true })) as SlotItem;

/** The slot adds up: its pools hold its places, none too many, and agree with it on whether it is open. */
async function addsUp(slotId: string): Promise<void> {
  const [slot, parts] = [await stored(slotId), await pools(slotId)];
  expect(parts.reduce((sum, { places }) => sum + places, 0)).toBe(slot.places);
  expect(parts.length).toBe(slot.pools);
  for (const { free, places, open } of parts) {
    expect(free).toBeGreaterThanOrEqual(0);
    expect(free).toBeLessThanOrEqual(places);
    expect(places).toBeLessThanOrEqual(POOL_PLACES);
    expect(open).toBe(slot.status === 'open');
  }
}

describe('more places', () => {
  it('can be booked at once, in a slot that was full', async () => {
    const { slotId } = await aSlot(station.store, { places: 1 });
    await book(slotId);
    expect(reasons(await book(slotId))).toEqual(['slot-full']);
    const { status, body } = await change(slotId, { version: 1, places: 3 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ places: 3, taken: 1, free: 2, version: 2, status: 'open' });
    expect([(await book(slotId)).status, (await book(slotId)).status]).toEqual([201, 201]);
    expect(reasons(await book(slotId))).toEqual(['slot-full']);
    await addsUp(slotId);
  });

  it('of more than 25 come in pools of their own, and every one of them can be taken', async () => {
    const { slotId } = await aSlot(station.store, { places: 2 });
    await book(slotId);
    expect((await change(slotId, { version: 1, places: 30 })).body).toMatchObject({ places: 30, taken: 1, free: 29 });
    expect((await pools(slotId)).map(({ places }) => places)).toEqual([15, 15]);
    const people = await Promise.all(Array.from({ length: 35 }, () => aPerson(station.store)));
    const answers = await Promise.all(people.map((as) => book(slotId, as)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(29);
    expect(new Set(answers.filter(({ status }) => status === 409).flatMap(reasons))).toEqual(new Set(['slot-full']));
    await addsUp(slotId);
  });

  it('come while a rush is on it, and the rush fills the slot exactly', async () => {
    const { slotId } = await aSlot(station.store, { places: 5 });
    const people = await Promise.all(Array.from({ length: 40 }, () => aPerson(station.store)));
    const raise = async () => {
      for (let version = 1; version <= 2; version += 1) {
        expect((await change(slotId, { version, places: 5 + 13 * version })).status).toBe(200);
      }
    };
    const [answers] = await Promise.all([Promise.all(people.map((as) => book(slotId, as))), raise()]);
    const early = answers.filter(({ status }) => status === 201).length;
    expect(
      answers
        .filter(({ status }) => status !== 201)
        .flatMap(reasons)
        .every((code) => code === 'slot-full'),
    ).toBe(true);
    // Who was told it is full before the last places came asks again.
    const later = await Promise.all(people.map((as) => book(slotId, as)));
    expect(early + later.filter(({ status }) => status === 201).length).toBe(31);
    expect(takenOf(await pools(slotId))).toBe(31);
    await addsUp(slotId);
  });
});

describe('fewer places', () => {
  it('are cut from what nobody holds, and no further: the refusal says how many are held', async () => {
    const { slotId } = await aSlot(station.store, { places: 5 });
    await Promise.all([book(slotId), book(slotId), book(slotId)]);
    const refused = await change(slotId, { version: 1, places: 2 });
    expect([refused.status, refused.body.code]).toEqual([409, 'places-taken']);
    expect(refused.body.errors).toEqual([{ path: 'places', message: '已约出 3 个，最少为 3' }]);
    expect((await change(slotId, { version: 1, places: 2 }, { language: 'en' })).body.errors).toEqual([
      { path: 'places', message: 'cannot be fewer than the 3 that are taken' },
    ]);
    expect((await stored(slotId)).version).toBe(1);
    expect((await change(slotId, { version: 1, places: 3 })).body).toMatchObject({ places: 3, taken: 3, free: 0 });
    expect(reasons(await book(slotId))).toEqual(['slot-full']);
    await addsUp(slotId);
  });

  it('are one again when somebody who holds one leaves: a place given back is never lost', async () => {
    const { slotId } = await aSlot(station.store, { places: 40 });
    const held = await Promise.all([1, 2, 3].map(async () => await aPerson(station.store)));
    const bookings = await Promise.all(held.map(async (as) => (await book(slotId, as)).body.bookingId));
    expect((await change(slotId, { version: 1, places: 3 })).status).toBe(200);
    for (const [n, bookingId] of bookings.entries()) {
      const answer = await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', {
        as: held[n] ?? '',
        params: { bookingId },
        body: {},
      });
      expect(answer.status).toBe(200);
    }
    expect((await day())[0]).toMatchObject({ places: 3, taken: 0, free: 3 });
    await addsUp(slotId);
  });

  it('are cut during a rush: every place is either taken or gone, and nobody holds one that is not there', async () => {
    const { slotId } = await aSlot(station.store, { places: 50 });
    const people = await Promise.all(Array.from({ length: 40 }, () => aPerson(station.store)));
    const [answers, cut] = await Promise.all([
      Promise.all(people.map((as) => book(slotId, as))),
      change(slotId, { version: 1, places: 20 }),
    ]);
    const booked = answers.filter(({ status }) => status === 201).length;
    const { places } = await stored(slotId);
    expect(places).toBe(cut.status === 200 ? 20 : 50);
    expect(cut.status === 200 ? 20 : 40).toBe(booked);
    expect(takenOf(await pools(slotId))).toBe(booked);
    await addsUp(slotId);
  });
});

describe('a slot that is closed', () => {
  it('takes nobody more and says so, keeps who is booked, and takes people again once it is opened', async () => {
    const { slotId } = await aSlot(station.store, { places: 30 });
    const donor = await aPerson(station.store);
    const { bookingId } = (await book(slotId, donor)).body;
    expect((await change(slotId, { version: 1, open: false })).body).toMatchObject({
      status: 'closed',
      places: 30,
      taken: 1,
      free: 29,
    });
    expect(reasons(await book(slotId))).toEqual(['slot-closed']);
    expect((await station.store.get<BookingItem>(keys.booking(bookingId)))?.status).toBe('booked');
    const elsewhere = await aSlot(station.store, { time: '1500' });
    const { bookingId: other } = (await book(elsewhere.slotId)).body;
    const moved = await station.call('bookings', 'POST /api/bookings/{bookingId}/reschedule', {
      as: other.slice(0, other.lastIndexOf('_')),
      params: { bookingId: other },
      body: { slotId },
    });
    expect(reasons(moved)).toEqual(['slot-closed']);
    await addsUp(slotId);
    // Who is booked may still leave, and the place is there when it opens.
    await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', {
      as: donor,
      params: { bookingId },
      body: {},
    });
    expect((await change(slotId, { version: 2, open: true })).body).toMatchObject({ status: 'open', free: 30 });
    expect((await book(slotId)).status).toBe(201);
    await addsUp(slotId);
  });

  it('may get more places while it is closed, which are taken only once it is open', async () => {
    const { slotId } = await aSlot(station.store, { places: 25 });
    await change(slotId, { version: 1, open: false });
    expect((await change(slotId, { version: 2, places: 45 })).body).toMatchObject({ status: 'closed', free: 45 });
    expect(reasons(await book(slotId))).toEqual(['slot-closed']);
    await addsUp(slotId);
    expect((await change(slotId, { version: 3, places: 10, open: true })).body).toMatchObject({ places: 10, free: 10 });
    expect((await book(slotId)).status).toBe(201);
    await addsUp(slotId);
  });
});

describe('a change', () => {
  it('is made once however often it is sent, and answers as it did', async () => {
    const { slotId } = await aSlot(station.store, { places: 2 });
    const body = { version: 1, places: 6 };
    const answers = await Promise.all([1, 2, 3].map(async () => await change(slotId, body, { key: 'raise-it-once' })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await stored(slotId)).toMatchObject({ places: 6, version: 2 });
    expect((await change(slotId, { version: 1, places: 9 }, { key: 'raise-it-once' })).body.code).toBe(
      'idempotency-key-reused',
    );
  });

  it('of something that somebody else has changed meanwhile is refused', async () => {
    const { slotId } = await aSlot(station.store, { places: 2 });
    const answers = await Promise.all([3, 4, 5].map(async (places) => await change(slotId, { version: 1, places })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual([
      'changed-meanwhile',
      'changed-meanwhile',
    ]);
    await addsUp(slotId);
  });

  it('is recorded: who made it, of which slot, from what to what', async () => {
    const { slotId } = await aSlot(station.store, { places: 2 });
    await change(slotId, { version: 1, places: 6, open: false });
    const { items } = await station.store.query<AuditItem>({ pk: 'AUDIT#central#2026-11-23' });
    expect(items).toMatchObject([
      {
        by: station.staff,
        action: 'slot-changed',
        change: { slotId, placesFrom: 2, placesTo: 6, statusFrom: 'open', statusTo: 'closed' },
      },
    ]);
  });

  it('says what is wrong with it', async () => {
    const { slotId } = await aSlot(station.store, { places: 2 });
    const shift = await aSlot(station.store, { containerId: 'central', shift: 'door' });
    const over = await aSlot(station.store, { date: '2026-11-20' });
    const code = async (id: string, body: object) =>
      (await change(id, { version: 1, ...body } as { version: number })).body.code;
    expect(await code(slotId, {})).toBe('invalid-input');
    expect(await code(slotId, { places: 0 })).toBe('invalid-input');
    expect(await code(slotId, { places: 501 })).toBe('invalid-input');
    expect(await code('central_2026-12-20_2359_whole-blood', { places: 2 })).toBe('not-found');
    expect(await code('east_2026-12-20_0900_whole-blood', { places: 2 })).toBe('forbidden');
    expect(await code(shift.slotId, { places: 2 })).toBe('not-found');
    expect(await code(over.slotId, { places: 2 })).toBe('wrong-state');
    await station.store.update({
      Key: keys.slot(slotId),
      UpdateExpression: 'SET #status = :closing',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':closing': 'closing' },
    });
    expect(await code(slotId, { open: true })).toBe('wrong-state');
  });
});

describe('the slots of a day', () => {
  it('show staff every slot with its places, what is taken and what is free, closed ones too', async () => {
    const a = await aSlot(station.store, { time: '0900', places: 30 });
    const b = await aSlot(station.store, { time: '1000', places: 2, procedure: 'platelets' });
    await book(a.slotId);
    await change(b.slotId, { version: 1, open: false });
    expect(await day()).toMatchObject([
      { slotId: a.slotId, status: 'open', places: 30, taken: 1, free: 29, version: 1 },
      { slotId: b.slotId, status: 'closed', places: 2, taken: 0, free: 2, version: 2 },
    ]);
  });
});
