import { beforeAll, describe, expect, it } from 'vitest';
import { bookingsDeps } from '../../functions/http/bookings/deps.ts';
import { bookingsRoutes } from '../../functions/http/bookings/index.ts';
import { areaHandler } from '../../functions/runtime/area-handler.ts';
import { bookings } from '../../shared/contract/bookings.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { Store } from '../../shared/store/client.ts';
import type { BookingItem } from '../../shared/store/items/index.ts';
import { partitions } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { book as bookInStore } from '../../shared/store/transactions/book.ts';
import { aPerson, HEALTHY } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { callRoute } from '../support/api.ts';
import { freshTables, storeOn } from '../support/engine.ts';
import { guarded } from '../support/guard.ts';
import { testWorld } from '../support/world.ts';

type View = { bookingId: string; slotId: string; status: string; version: number };

let store: Store;
let tables: Awaited<ReturnType<typeof freshTables>>;
const world = testWorld();
let handler: unknown;

/** Several Lambdas at once: each its own client, behind the grants of the bookings area. */
let handlers: unknown[];

beforeAll(async () => {
  const names = await freshTables();
  tables = names;
  store = storeOn(names);
  const make = () => {
    const deps = bookingsDeps(guarded(storeOn(names), ACCESS.bookings, names.private), {
      ...world,
      clock: { now: world.clock.now, sleep: async () => await new Promise((r) => setImmediate(r)) },
      random: Math.random,
    });
    return areaHandler(bookings, async () => deps, bookingsRoutes);
  };
  handlers = Array.from({ length: 4 }, make);
  handler = handlers[0];
  await aSite(store);
});

const book = (as: string, slotId: string, key?: string, lambda = handler) =>
  callRoute<View & Problem>(lambda, 'POST /api/bookings', { as, body: { slotId }, ...(key && { key }) });
const cancel = (as: string, bookingId: string, key?: string) =>
  callRoute<View & Problem>(handler, 'POST /api/bookings/{bookingId}/cancel', {
    as,
    params: { bookingId },
    body: {},
    ...(key && { key }),
  });
const reschedule = (as: string, bookingId: string, slotId: string, key?: string) =>
  callRoute<View & Problem>(handler, 'POST /api/bookings/{bookingId}/reschedule', {
    as,
    params: { bookingId },
    body: { slotId },
    ...(key && { key }),
  });
const freeOf = async (slotId: string) =>
  (await createSlots(store).pools(slotId, { consistent: true })).reduce((sum, pool) => sum + pool.free, 0);
const liveOf = async (personId: string) =>
  (await store.query<BookingItem>({ pk: partitions.bookings(personId), consistent: true })).items.filter(
    ({ status }) => status === 'booked',
  );
const codes = (answer: { body: Problem }) => answer.body.reasons?.map(({ code }) => code);

describe('booking a place', () => {
  it('gives the donor the place, and the slot has one fewer', async () => {
    const slot = await aSlot(store, { time: '0900', places: 3 });
    const donor = await aPerson(store);
    const answer = await book(donor, slot.slotId);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ slotId: slot.slotId, status: 'booked', version: 1 });
    expect(await freeOf(slot.slotId)).toBe(2);
  });

  it('fills a slot of 30 places exactly when 120 people rush for it at once', async () => {
    const slot = await aSlot(store, { time: '1000', places: 30 });
    const people = await Promise.all(Array.from({ length: 120 }, () => aPerson(store)));
    const answers = await Promise.all(people.map((it, n) => book(it, slot.slotId, undefined, handlers[n % 4])));
    const count = (status: number) => answers.filter((it) => it.status === status).length;
    expect({ booked: count(201), refused: count(409) }).toEqual({ booked: 30, refused: 90 });
    expect(new Set(answers.filter((it) => it.status === 409).map((it) => codes(it)?.join()))).toEqual(
      new Set(['slot-full']),
    );
    expect(await freeOf(slot.slotId)).toBe(0);
  });

  it('answers a repeat with the same booking, even after it was cancelled', async () => {
    const slot = await aSlot(store, { time: '1100', places: 3 });
    const donor = await aPerson(store);
    const first = await book(donor, slot.slotId, 'repeat-key-1');
    const second = await book(donor, slot.slotId, 'repeat-key-1');
    expect(second.status).toBe(201);
    expect(second.body.bookingId).toBe(first.body.bookingId);
    expect(await freeOf(slot.slotId)).toBe(2);
    await cancel(donor, first.body.bookingId);
    const third = await book(donor, slot.slotId, 'repeat-key-1');
    expect(third.body.bookingId).toBe(first.body.bookingId);
    expect(await liveOf(donor)).toHaveLength(0);
    expect(await freeOf(slot.slotId)).toBe(3);
  });

  it('makes one booking of ten double taps at the same instant', async () => {
    const slot = await aSlot(store, { time: '1115', places: 20 });
    const donor = await aPerson(store);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => book(donor, slot.slotId, 'double-tap-1', handlers[n % 4])),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(new Set(answers.map(({ body }) => body.bookingId)).size).toBe(1);
    expect(await freeOf(slot.slotId)).toBe(19);
  });

  it('refuses a key that was used for another slot', async () => {
    const [a, b] = [await aSlot(store, { time: '1130', places: 3 }), await aSlot(store, { time: '1230', places: 3 })];
    const donor = await aPerson(store);
    await book(donor, a.slotId, 'one-key-two-slots');
    const answer = await book(donor, b.slotId, 'one-key-two-slots');
    expect([answer.status, answer.body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('remembers no refusal: the same key may succeed later', async () => {
    const slot = await aSlot(store, { time: '1300', places: 1 });
    const [first, second] = [await aPerson(store), await aPerson(store)];
    const held = await book(first, slot.slotId);
    expect((await book(second, slot.slotId, 'refused-then-ok')).status).toBe(409);
    await cancel(first, held.body.bookingId);
    expect((await book(second, slot.slotId, 'refused-then-ok')).status).toBe(201);
  });

  it('lets at most one of several overlapping bookings stand, fired at the same instant', async () => {
    const shifts = await Promise.all(
      ['0900', '0915', '0930', '0945'].map((time, n) =>
        aSlot(store, { containerId: 'festival', date: '2026-12-26', time, shift: `s${n}`, places: 9 }),
      ),
    );
    const volunteer = await aPerson(store);
    const answers = await Promise.all(shifts.map((slot, n) => book(volunteer, slot.slotId, undefined, handlers[n])));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter((it) => codes(it)?.includes('overlap'))).toHaveLength(3);
    expect(await liveOf(volunteer)).toHaveLength(1);
  });

  it('lets at most one live donation booking stand, fired at the same instant for different days', async () => {
    const slots = await Promise.all(
      ['2026-12-21', '2026-12-22', '2026-12-23', '2026-12-24'].map((date) => aSlot(store, { date, places: 9 })),
    );
    const donor = await aPerson(store);
    const answers = await Promise.all(slots.map((slot, n) => book(donor, slot.slotId, undefined, handlers[n])));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter((it) => codes(it)?.includes('live-donation-booking'))).toHaveLength(3);
  });

  it('refuses a date inside the interval, naming the rule, the day it lifts and a slot that would do', async () => {
    const slot = await aSlot(store, { date: '2026-12-02', places: 3 });
    const later = await aSlot(store, { date: '2026-12-05', time: '0930', places: 3 });
    const donor = await aPerson(store, {
      facts: { donations: [{ date: '2026-06-05', procedure: 'whole-blood', volumeMl: 400 }], repeatDonor: true },
    });
    const answer = await book(donor, slot.slotId);
    expect(answer.status).toBe(409);
    expect(answer.body.reasons).toEqual([
      expect.objectContaining({ code: 'interval', from: '2026-12-05', mark: 'C†', rule: expect.any(String) }),
    ]);
    expect(answer.body.next).toEqual({ slotId: later.slotId, siteId: 'central', startsAt: '2026-12-05T01:30:00.000Z' });
    expect((await book(donor, later.slotId)).status).toBe(201);
  });

  it('refuses what is past, what does not exist and whoever has no birth date', async () => {
    const past = await aSlot(store, { date: '2026-11-22', places: 3 });
    const donor = await aPerson(store);
    expect(codes(await book(donor, past.slotId))).toContain('slot-past');
    expect((await book(donor, 'central_2026-12-20_2359_whole-blood')).status).toBe(404);
    const stranger = await aPerson(store, { facts: { birthDate: undefined } as never });
    expect(codes(await book(stranger, (await aSlot(store, { date: '2026-12-19', places: 3 })).slotId))).toContain(
      'profile-incomplete',
    );
  });

  it('tells nobody anything of another’s booking', async () => {
    const slot = await aSlot(store, { time: '1400', places: 3 });
    const [owner, other] = [await aPerson(store), await aPerson(store)];
    const { body } = await book(owner, slot.slotId);
    const read = await callRoute(handler, 'GET /api/bookings/{bookingId}', {
      as: other,
      params: { bookingId: body.bookingId },
    });
    expect(read.status).toBe(404);
    expect((await cancel(other, body.bookingId)).status).toBe(404);
    expect(await liveOf(owner)).toHaveLength(1);
  });
});

describe('giving a place back', () => {
  it('frees the place and the donor, once', async () => {
    const slot = await aSlot(store, { time: '1500', places: 1 });
    const donor = await aPerson(store);
    const { body } = await book(donor, slot.slotId);
    const answers = await Promise.all([1, 2, 3].map(() => cancel(donor, body.bookingId, 'cancel-key-1')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await freeOf(slot.slotId)).toBe(1);
    expect((await createPeople(store).lock(donor))?.commitments).toEqual([]);
    expect((await cancel(donor, body.bookingId, 'another-key')).body.code).toBe('wrong-state');
  });

  it('is refused after the cut-off', async () => {
    const slot = await aSlot(store, { date: '2026-11-23', time: '1130', places: 1 });
    const donor = await aPerson(store);
    const { body } = await book(donor, slot.slotId);
    expect(codes(await cancel(donor, body.bookingId))).toEqual(['past-cutoff']);
    expect(await liveOf(donor)).toHaveLength(1);
  });
});

describe('moving a booking', () => {
  it('holds the new place and frees the old one together', async () => {
    const [a, b] = [
      await aSlot(store, { time: '1600', places: 1 }),
      await aSlot(store, { date: '2027-01-02', places: 1 }),
    ];
    const donor = await aPerson(store);
    const { body } = await book(donor, a.slotId);
    const moved = await reschedule(donor, body.bookingId, b.slotId, 'move-key-1');
    expect(moved.body).toMatchObject({ bookingId: body.bookingId, slotId: b.slotId, status: 'booked', version: 2 });
    expect([await freeOf(a.slotId), await freeOf(b.slotId)]).toEqual([1, 0]);
    const again = await reschedule(donor, body.bookingId, b.slotId, 'move-key-1');
    expect([again.status, again.body.version]).toEqual([200, 2]);
  });

  it('keeps the old place when the new slot is full', async () => {
    const [a, b] = [await aSlot(store, { time: '1610', places: 1 }), await aSlot(store, { time: '1620', places: 1 })];
    const [donor, other] = [await aPerson(store), await aPerson(store)];
    await book(other, b.slotId);
    const { body } = await book(donor, a.slotId);
    expect(codes(await reschedule(donor, body.bookingId, b.slotId))).toEqual(['slot-full']);
    expect((await liveOf(donor)).map(({ slotId }) => slotId)).toEqual([a.slotId]);
  });

  it('never loses or doubles a place when many swap at once', async () => {
    const slots = await Promise.all(
      ['0810', '0820', '0830'].map((time) => aSlot(store, { date: '2027-01-05', time, places: 4 })),
    );
    const people = await Promise.all(Array.from({ length: 9 }, () => aPerson(store)));
    const held = await Promise.all(people.map((it, n) => book(it, slots[n % 3]?.slotId ?? '')));
    await Promise.all(
      people.map((it, n) => reschedule(it, held[n]?.body.bookingId ?? '', slots[(n + 1) % 3]?.slotId ?? '')),
    );
    const free = await Promise.all(slots.map(({ slotId }) => freeOf(slotId)));
    const live = (await Promise.all(people.map(liveOf))).flat();
    expect(live).toHaveLength(9);
    for (const [n, slot] of slots.entries()) {
      expect(live.filter(({ slotId }) => slotId === slot.slotId).length + (free[n] ?? 0)).toBe(4);
    }
  });

  it('never turns a donation into a shift', async () => {
    const shift = await aSlot(store, { containerId: 'fair', date: '2026-12-27', shift: 'door', places: 2 });
    const slot = await aSlot(store, { time: '1640', places: 1 });
    const donor = await aPerson(store);
    const { body } = await book(donor, slot.slotId);
    expect((await reschedule(donor, body.bookingId, shift.slotId)).body.code).toBe('invalid-input');
  });
});

describe('what a booking costs', () => {
  /** Capacity units of every call made while `run` runs, as the engine counts them. */
  async function unitsOf(metered: Store, run: () => Promise<unknown>): Promise<{ read: number; write: number }> {
    const units = { read: 0, write: 0 };
    metered.base.middlewareStack.add(
      (next, context) => async (args) => {
        Object.assign(args.input, { ReturnConsumedCapacity: 'INDEXES' });
        const answer = await next(args);
        const consumed = (answer.output as { ConsumedCapacity?: { CapacityUnits: number }[] }).ConsumedCapacity;
        const sum = [consumed ?? []].flat().reduce((total, { CapacityUnits }) => total + CapacityUnits, 0);
        units[String(context['commandName']).includes('Write') ? 'write' : 'read'] += sum;
        return answer;
      },
      { step: 'initialize', name: 'meter' },
    );
    await run();
    return units;
  }

  it('is at most two read and seven write units, for someone with a full year of platelets too', async () => {
    const donations = Array.from({ length: 24 }, (_, n) => ({
      date: new Date(Date.UTC(2025, 11, 1 + n * 14)).toISOString().slice(0, 10),
      procedure: 'platelets' as const,
      volumeMl: 250,
      platelets: 2 as const,
    }));
    const donor = await aPerson(store, { facts: { ...HEALTHY, donations, repeatDonor: true } });
    const slot = await aSlot(store, { date: '2026-12-30', places: 1, procedure: 'platelets' });
    const metered = storeOn(tables);
    const engine = bookingsDeps(metered, world).engine;
    const idempotency = { key: Buffer.from('what-it-costs-01').toString('base64url'), input: 'x' };
    const units = await unitsOf(metered, () =>
      bookInStore(engine, { personId: donor, slotId: slot.slotId, idempotency }),
    );
    expect((await liveOf(donor)).length).toBe(1);
    expect(units.write).toBeGreaterThan(0);
    expect(units.read).toBeLessThanOrEqual(2);
    expect(units.write).toBeLessThanOrEqual(7);
  });
});
