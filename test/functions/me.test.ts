import { beforeAll, describe, expect, it } from 'vitest';
import { bookingsDeps } from '../../functions/http/bookings/deps.ts';
import { bookingsRoutes } from '../../functions/http/bookings/index.ts';
import { meDeps } from '../../functions/http/me/deps.ts';
import { meRoutes } from '../../functions/http/me/index.ts';
import { areaHandler } from '../../functions/runtime/area-handler.ts';
import { bookings } from '../../shared/contract/bookings.ts';
import { me } from '../../shared/contract/me.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { Store } from '../../shared/store/client.ts';
import type { BookingItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { aPerson } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { callRoute } from '../support/api.ts';
import { freshTables, storeOn } from '../support/engine.ts';
import { guarded } from '../support/guard.ts';
import { testWorld } from '../support/world.ts';

type Me = { personId: string; phone: string; version: number; language: string; name?: string } & Problem;

const world = testWorld();
let store: Store;
let handler: unknown;
let booking: unknown;

beforeAll(async () => {
  const names = await freshTables();
  store = storeOn(names);
  const deps = meDeps(
    guarded(storeOn(names), ACCESS.me, names.private),
    world,
    async () => undefined,
    async () => 'a key of the tests',
  );
  handler = areaHandler(me, async () => deps, meRoutes);
  const bookingDeps = bookingsDeps(store, world);
  booking = areaHandler(bookings, async () => bookingDeps, bookingsRoutes);
  await aSite(store);
});

const edit = (as: string, body: Record<string, unknown>, key?: string) =>
  callRoute<Me>(handler, 'PATCH /api/me', { as, body, ...(key && { key }) });

describe('my profile', () => {
  it('keeps an edit, answers its repeat alike and refuses one made from an old version', async () => {
    const person = await aPerson(store);
    const first = await edit(person, { version: 1, name: '林晓' }, 'edit-key-1');
    expect(first.body).toMatchObject({ name: '林晓', version: 2 });
    expect((await edit(person, { version: 1, name: '林晓' }, 'edit-key-1')).body.version).toBe(2);
    expect((await edit(person, { version: 1, name: '王' }, 'edit-key-1')).body.code).toBe('idempotency-key-reused');
    expect((await edit(person, { version: 1, name: '王' })).body.code).toBe('changed-meanwhile');
  });

  it('leaves the lock alone when only the name changes', async () => {
    const person = await aPerson(store);
    await edit(person, { version: 1, name: '林' });
    expect((await createPeople(store).lock(person))?.version).toBe(1);
  });

  it('releases a live donation booking that the new facts no longer allow, with the same write', async () => {
    const person = await aPerson(store);
    const slot = await aSlot(store, { date: '2026-12-15', places: 1 });
    const held = await callRoute<{ bookingId: string }>(booking, 'POST /api/bookings', {
      as: person,
      body: { slotId: slot.slotId },
    });
    expect((await edit(person, { version: 1, weightKg: 48 })).status).toBe(200);
    expect(await store.get<BookingItem>(keys.booking(held.body.bookingId), { consistent: true })).toMatchObject({
      status: 'cancelled',
      cancelCause: 'no-longer-eligible',
    });
    const lock = await createPeople(store).lock(person);
    expect([lock?.commitments, lock?.facts.weightKg]).toEqual([[], 48]);
    const [pool] = await createSlots(store).pools(slot.slotId, { consistent: true });
    expect(pool?.free).toBe(1);
  });

  it('leaves a shift alone whose sign-up has closed since', async () => {
    const person = await aPerson(store);
    const slot = await aSlot(store, {
      containerId: 'closing',
      shift: 'guide',
      minAge: 18,
      closesAt: '2026-11-23T03:00:00.000Z',
    });
    const held = await callRoute<{ bookingId: string }>(booking, 'POST /api/bookings', {
      as: person,
      body: { slotId: slot.slotId },
    });
    world.set('2026-11-23T03:00:00.000Z');
    expect((await edit(person, { version: 1, birthDate: '1996-06-01' })).status).toBe(200);
    const now = await store.get<BookingItem>(keys.booking(held.body.bookingId), { consistent: true });
    expect(now?.status).toBe('booked');
    // What the shift itself asks still holds.
    expect((await edit(person, { version: 2, birthDate: '2012-06-01' })).status).toBe(200);
    const after = await store.get<BookingItem>(keys.booking(held.body.bookingId), { consistent: true });
    expect([after?.status, after?.cancelCause]).toEqual(['cancelled', 'no-longer-eligible']);
    world.set('2026-11-23T02:00:00.000Z');
  });

  it('refuses a birth date that lies ahead', async () => {
    const person = await aPerson(store);
    expect((await edit(person, { version: 1, birthDate: '2027-01-01' })).body.code).toBe('invalid-input');
  });
});

describe('may I give, and when', () => {
  it('says it per procedure, with each reason, its rule, source and date', async () => {
    const person = await aPerson(store, {
      facts: { donations: [{ date: '2026-11-01', procedure: 'whole-blood', volumeMl: 400 }], repeatDonor: true },
    });
    const { body } = await callRoute<{
      procedures: { procedure: string; ok: boolean; from?: string; reasons: unknown[] }[];
    }>(handler, 'GET /api/me/eligibility', { as: person, headers: { 'accept-language': 'en' } });
    expect(body.procedures).toEqual([
      expect.objectContaining({ procedure: 'whole-blood', ok: false, from: '2027-05-01' }),
      expect.objectContaining({ procedure: 'platelets', ok: false, from: '2027-02-01' }),
    ]);
    expect(body.procedures[0]?.reasons).toEqual([
      expect.objectContaining({
        code: 'interval',
        source: expect.stringContaining('GB 18467'),
        sentence: expect.stringContaining('from 1 May 2027'),
      }),
    ]);
  });
});

describe('my lists', () => {
  it('page through my bookings, latest first, each once', async () => {
    const person = await aPerson(store);
    const shifts = await Promise.all(
      [1, 2, 3, 4, 5].map((day) =>
        aSlot(store, { containerId: 'lists', date: `2026-12-0${day}`, shift: 'door', places: 2 }),
      ),
    );
    for (const { slotId } of shifts) await callRoute(booking, 'POST /api/bookings', { as: person, body: { slotId } });
    const dates: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await callRoute<{ items: { date: string }[]; cursor?: string }>(
        handler,
        'GET /api/me/bookings',
        {
          as: person,
          query: { limit: '2', ...(cursor && { cursor }) },
        },
      );
      dates.push(...body.items.map(({ date }) => date));
      cursor = body.cursor;
    } while (cursor);
    expect(dates).toEqual(['2026-12-05', '2026-12-04', '2026-12-03', '2026-12-02', '2026-12-01']);

    // A month of a calendar, or all from a day on, alike page by page.
    const some = { from: '2026-12-02', to: '2026-12-04', limit: '2' };
    type Page = { items: { date: string }[]; cursor: string };
    const asked = async (query: Record<string, string>) =>
      (await callRoute<Page>(handler, 'GET /api/me/bookings', { as: person, query })).body;
    const first = await asked(some);
    const rest = await asked({ ...some, cursor: first.cursor });
    expect([...first.items, ...rest.items].map(({ date }) => date)).toEqual(['2026-12-04', '2026-12-03', '2026-12-02']);
    expect(rest.cursor).toBeUndefined();
  });

  it('take no cursor of another’s list', async () => {
    const [a, b] = [await aPerson(store), await aPerson(store)];
    for (const time of ['0900', '1100']) {
      const { slotId } = await aSlot(store, {
        containerId: `own-${a}`,
        date: '2026-12-06',
        time,
        shift: 'x',
        places: 2,
      });
      await callRoute(booking, 'POST /api/bookings', { as: a, body: { slotId } });
    }
    const { body } = await callRoute<{ cursor: string }>(handler, 'GET /api/me/bookings', {
      as: a,
      query: { limit: '1' },
    });
    expect(body.cursor).toBeTypeOf('string');
    const stolen = await callRoute(handler, 'GET /api/me/bookings', { as: b, query: { cursor: body.cursor } });
    expect(stolen.body.code).toBe('invalid-input');
  });
});
