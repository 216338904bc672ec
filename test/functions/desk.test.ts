import { beforeEach, describe, expect, it } from 'vitest';
import { engineDeps } from '../../functions/runtime/common-deps.ts';
import type { Store } from '../../shared/store/client.ts';
import type {
  AuditItem,
  BookingItem,
  DeferralItem,
  DinItem,
  NamedItem,
  PoolItem,
  ProfileItem,
  SiteItem,
} from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { createPeople, namedDigest, newPersonItems } from '../../shared/store/people.ts';
import { enterLate } from '../../shared/store/transactions/enter-late.ts';
import { aPerson } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { aStation, labelOf, type Station } from '../support/station.ts';

type Found = { items: { personId: string; name: string; phoneLast4: string; birthDate?: string }[] };
type Made = { personId: string; name: string; phoneLast4: string };
type Held = { bookingId: string; status: string; version: number; startsAt: string };
type Entered = { booking: Held; doubts: { code: string }[] };
type More = { as?: string; key?: string };

let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const NEW = {
  siteId: 'central',
  name: '陈桂芳',
  sex: 'female',
  birthDate: '1975-03-08',
  weightKg: 58,
  wantsExtendedAge: false,
};
const make = async (body: Record<string, unknown> = {}, more: More = {}) =>
  await station.call<Made>('desk', 'POST /api/desk/people', { body: { ...NEW, besides: [], ...body }, ...more });
const find = async (body: Record<string, unknown>, more: More = {}) =>
  await station.call<Found>('desk', 'POST /api/desk/people/find', { body: { siteId: 'central', ...body }, ...more });
const bookFor = async (personId: string, slotId: string, more: More & { walkIn?: boolean } = {}) =>
  await station.call<Held>('desk', 'POST /api/desk/bookings', {
    body: { personId, slotId, walkIn: more.walkIn ?? false },
    ...(more.as && { as: more.as }),
    ...(more.key && { key: more.key }),
  });
const move = async (bookingId: string, slotId: string) =>
  await station.call<Held>('desk', 'POST /api/desk/bookings/{bookingId}/reschedule', {
    params: { bookingId },
    body: { slotId },
  });
const cancelFor = async (bookingId: string, more: More = {}) =>
  await station.call<Held>('desk', 'POST /api/desk/bookings/{bookingId}/cancel', {
    params: { bookingId },
    body: {},
    ...more,
  });
const booking = async (bookingId: string) =>
  (await station.store.get<BookingItem>(keys.booking(bookingId), { consistent: true })) as BookingItem;
const trail = async () =>
  (await station.store.query<AuditItem>({ pk: 'AUDIT#central#2026-11-23' })).items.map(({ action, by }) => [
    action,
    by,
  ]);
const free = async (slotId: string) => (await station.store.get<PoolItem>(keys.pool(slotId, 0)))?.free;

describe('somebody without a phone', () => {
  it('is put on record by staff, found again by name and birth date however they are typed, and gets no texts', async () => {
    const { status, body } = await make();
    expect([status, body.phoneLast4]).toEqual([201, '']);
    for (const name of ['陈桂芳', ' 陈 桂芳 ', '陈桂芳　']) {
      const found = await find({ name, birthDate: '1975-03-08' });
      expect(found.body.items).toMatchObject([{ personId: body.personId, name: '陈桂芳' }]);
    }
    expect((await find({ name: '陈桂芳', birthDate: '1975-03-09' })).body.items).toEqual([]);
    const slot = await aSlot(station.store, { date: '2026-11-24', time: '0900' });
    expect((await bookFor(body.personId, slot.slotId)).status).toBe(201);
    await station.settle();
    expect((await station.messagesOf(body.personId)).map(({ status: so, reason }) => [so, reason])).toContainEqual([
      'withheld',
      'no-phone',
    ]);
    expect(station.phone).toEqual([]);
  });

  it('is not made twice: neither by a repeat, nor by two staff at once, nor unseen by whoever has not looked', async () => {
    const first = await make({}, { key: 'make-once' });
    expect(await make({}, { key: 'make-once' })).toEqual(first);
    expect((await make()).body.code).toBe('changed-meanwhile');
    // Somebody else of the same name and day of birth, whom staff have looked at.
    const other = await make({ besides: [first.body.personId] });
    expect(other.status).toBe(201);
    const both = await find({ name: '陈桂芳', birthDate: '1975-03-08' });
    expect(both.body.items).toHaveLength(2);
    const race = await Promise.all([1, 2].map(async () => await make({ name: '王秀英' })));
    expect(race.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });

  it('is no longer found once they asked to be unknown, while another of the same name still is', async () => {
    const one = (await make()).body.personId;
    const two = (await make({ besides: [one] })).body.personId;
    await station.store.put({
      Item: { ...keys.erasure(one), kind: 'erasure', personId: one, askedAt: '2026-11-23T02:00:00.000Z' },
    });
    await station.tick();
    const found = await find({ name: '陈桂芳', birthDate: '1975-03-08' });
    expect(found.body.items.map(({ personId }) => personId)).toEqual([two]);
    const named = await station.store.get<NamedItem>(keys.named(namedDigest('陈桂芳', '1975-03-08')));
    expect(named?.people).toEqual([two]);
    expect(await station.store.get<ProfileItem>(keys.profile(one))).toBeUndefined();
  });
});

describe('a caller', () => {
  it('is found by number, and booked, moved and cancelled for by staff, who are on record', async () => {
    const donor = await aPerson(station.store, { name: '林晓', phone: '+8613912345678' });
    const found = await find({ phone: '１３９ 1234 5678' });
    expect(found.body.items).toMatchObject([{ personId: donor, name: '林晓', phoneLast4: '5678' }]);
    expect(JSON.stringify(found.body)).not.toContain('139123');
    const [a, b] = [
      await aSlot(station.store, { date: '2026-11-24', time: '0900' }),
      await aSlot(station.store, { date: '2026-11-24', time: '1000' }),
    ];
    const { body } = await bookFor(donor, a.slotId);
    expect(await booking(body.bookingId)).toMatchObject({ status: 'booked', bookedBy: station.staff });
    await station.settle();
    expect(await station.textsTo(donor)).toHaveLength(1);
    expect((await move(body.bookingId, b.slotId)).status).toBe(200);
    expect([await free(a.slotId), await free(b.slotId)]).toEqual([1, 0]);
    expect((await cancelFor(body.bookingId)).body.status).toBe('cancelled');
    expect(await free(b.slotId)).toBe(1);
    expect(await booking(body.bookingId)).toMatchObject({ cancelCause: 'person', step: { by: station.staff } });
    expect(await trail()).toEqual(
      ['person-looked-up', 'booked-for', 'moved-for', 'cancelled-for'].map((action) => [action, station.staff]),
    );
  });

  it('is held to the same rules, and told the same date and next place', async () => {
    const donor = await aPerson(station.store, {
      facts: {
        donations: [{ date: '2026-10-01', procedure: 'platelets', volumeMl: 200, platelets: 1 }],
        repeatDonor: true,
      },
    });
    await station.store.put({
      Item: {
        ...(await station.store.get<object>(keys.lock(donor))),
        deferredUntil: '2026-11-25',
      },
    });
    const [early, later] = [
      await aSlot(station.store, { date: '2026-11-24', time: '0900' }),
      await aSlot(station.store, { date: '2026-11-26', time: '0900' }),
    ];
    const refused = await bookFor(donor, early.slotId);
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'refused', reasons: [{ code: 'deferred', from: '2026-11-25' }], next: { slotId: later.slotId } },
    });
    const own = await station.call('bookings', 'POST /api/bookings', { as: donor, body: { slotId: early.slotId } });
    expect(own.body.reasons).toEqual(refused.body.reasons);
    expect(own.body.next).toEqual(refused.body.next);
  });

  it('may change past the hour until which they could alone, but not what is over', async () => {
    const donor = await aPerson(station.store);
    const [soon, next] = [
      await aSlot(station.store, { date: '2026-11-23', time: '1030', minutes: 30 }),
      await aSlot(station.store, { date: '2026-11-23', time: '1200' }),
    ];
    const { bookingId } = (await bookFor(donor, soon.slotId)).body;
    const alone = { as: donor, params: { bookingId }, body: {} };
    const refused = await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', alone);
    expect(refused.body.reasons).toMatchObject([{ code: 'past-cutoff' }]);
    expect((await move(bookingId, next.slotId)).status).toBe(200);
    station.world.set('2026-11-23T05:00:00.000Z');
    expect((await cancelFor(bookingId)).body.code).toBe('wrong-state');
  });

  it('is served by staff of the site alone', async () => {
    await aSite(station.store, { siteId: 'east' });
    const as = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'east' }] });
    const donor = await aPerson(station.store);
    const slot = await aSlot(station.store, { date: '2026-11-24', time: '0900' });
    expect((await bookFor(donor, slot.slotId, { as })).body.code).toBe('forbidden');
    const { bookingId } = (await bookFor(donor, slot.slotId)).body;
    expect((await cancelFor(bookingId, { as })).body.code).toBe('forbidden');
    expect((await find({ phone: '13900000001' }, { as })).body.code).toBe('forbidden');
    const read = { as, params: { personId: donor }, query: { siteId: 'east' } };
    const seen = await station.call<{ bookings: unknown[] }>('desk', 'GET /api/desk/people/{personId}', read);
    expect(seen.body.bookings).toEqual([]);
  });
});

describe('a walk-in', () => {
  it('takes a time that has begun, is texted nothing, and is checked in as anybody is', async () => {
    const donor = await aPerson(station.store);
    const running = await aSlot(station.store, { date: '2026-11-23', time: '0930' });
    expect((await bookFor(donor, running.slotId)).body.reasons).toMatchObject([{ code: 'slot-past' }]);
    const first = await bookFor(donor, running.slotId, { walkIn: true, key: 'walk-in-1' });
    expect(first).toMatchObject({ status: 201, body: { status: 'booked' } });
    expect(await bookFor(donor, running.slotId, { walkIn: true, key: 'walk-in-1' })).toEqual(first);
    const { bookingId } = first.body;
    expect(await booking(bookingId)).toMatchObject({ walkIn: true, bookedBy: station.staff });
    await station.settle();
    expect(station.phone).toEqual([]);
    expect((await station.complete(bookingId, station.newDin())).body.code).toBe('wrong-state');
    expect((await station.checkIn(bookingId)).status).toBe(200);
    expect((await station.complete(bookingId, station.newDin())).status).toBe(201);
    station.world.set('2026-11-23T02:30:00.000Z');
    const late = await bookFor(await aPerson(station.store), running.slotId, { walkIn: true });
    expect(late.body.reasons).toMatchObject([{ code: 'slot-past' }]);
  });

  it('is asked everything that somebody who booked is asked', async () => {
    const running = await aSlot(station.store, { date: '2026-11-23', time: '0930', places: 2 });
    const child = await aPerson(station.store, { facts: { birthDate: '2010-01-01' } });
    expect((await bookFor(child, running.slotId, { walkIn: true })).body.reasons).toMatchObject([
      { code: 'too-young' },
    ]);
    const people = await Promise.all([1, 2, 3].map(async () => await aPerson(station.store)));
    const answers = await Promise.all(people.map(async (id) => await bookFor(id, running.slotId, { walkIn: true })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.reasons).toMatchObject([{ code: 'slot-full' }]);
  });
});

describe('a day on paper', () => {
  const NEXT_DAY = '2026-11-24T01:00:00.000Z';
  const AT = '2026-11-23T04:10:00.000Z';
  const enter = async (who: object, paper: object, more: More & { at?: string } = {}) =>
    await station.call<Entered>('desk', 'POST /api/desk/late', {
      body: { siteId: 'central', who, at: more.at ?? AT, paper },
      ...(more.key && { key: more.key }),
    });
  const given = (din: string) => ({
    kind: 'given',
    din: labelOf(din),
    procedure: 'whole-blood',
    volumeMl: 400,
    reaction: false,
  });

  it('is entered with its real times, also where the rule took them for no-shows, and says when and by whom', async () => {
    const [a, b, c] = [await station.booked(), await station.booked(), await station.booked()];
    station.world.set('2026-11-23T17:00:00.000Z');
    await station.tick();
    station.world.set(NEXT_DAY);
    const din = station.newDin();
    expect((await enter({ bookingId: a.bookingId }, given(din))).body).toMatchObject({
      booking: { status: 'fulfilled' },
      doubts: [],
    });
    expect((await enter({ bookingId: b.bookingId }, { kind: 'came' })).body.booking.status).toBe('arrived');
    const deferred = { kind: 'deferred', reason: 'tattoo-or-sharps' };
    expect((await enter({ bookingId: c.bookingId }, deferred)).body.booking.status).toBe('cancelled');
    const late = { at: NEXT_DAY, by: station.staff };
    expect(await booking(a.bookingId)).toMatchObject({
      status: 'fulfilled',
      din,
      late,
      step: { at: AT, by: station.staff },
    });
    expect(await booking(b.bookingId)).toMatchObject({ late, knownBy: 'paper', step: { at: AT, from: 'noshow' } });
    expect(await station.store.get<DinItem>(keys.din(din))).toMatchObject({
      date: '2026-11-23',
      collectedAt: AT,
      enteredAt: NEXT_DAY,
      recordedBy: station.staff,
    });
    const { items } = await station.store.query<DeferralItem>({ pk: partitions.deferrals(c.donor), table: 'private' });
    expect(items).toMatchObject([{ at: AT, enteredAt: NEXT_DAY, recordedBy: station.staff }]);
    expect((await createPeople(station.store).lock(a.donor))?.facts.donations).toMatchObject([{ date: '2026-11-23' }]);
    const trail = (await trailOf('2026-11-24')).filter((action) => action === 'entered-late');
    expect(trail).toHaveLength(3);
  });

  const trailOf = async (date: string) =>
    (await station.store.query<AuditItem>({ pk: `AUDIT#central#${date}` })).items.map(({ action }) => action);

  it('is entered once however often a row is sent, and a row that cannot be says why and touches nothing', async () => {
    const [a, b] = [await station.booked(), await station.booked()];
    station.world.set(NEXT_DAY);
    const din = station.newDin();
    const first = await enter({ bookingId: a.bookingId }, given(din), { key: 'row-1-of-paper' });
    const again = await enter({ bookingId: a.bookingId }, given(din), { key: 'row-1-of-paper' });
    expect([again.status, again.body.booking]).toEqual([200, first.body.booking]);
    // The same number on another row; a number that is damaged; a row that a colleague entered.
    expect((await enter({ bookingId: b.bookingId }, given(din))).body.code).toBe('din-taken');
    expect((await enter({ bookingId: b.bookingId }, { ...given(din), din })).body.code).toBe('din-invalid');
    expect((await enter({ bookingId: a.bookingId }, { kind: 'came' })).body.code).toBe('wrong-state');
    expect(await booking(b.bookingId)).toMatchObject({ status: 'booked', version: 1 });
    expect((await enter({ bookingId: b.bookingId }, given(station.newDin()))).status).toBe(200);
  });

  it('takes no time that has yet to come, is of another day, or is long past', async () => {
    const { bookingId } = await station.booked();
    for (const at of ['2026-11-23T03:00:00.001Z', '2026-11-22T15:59:59.000Z', '2026-11-08T15:00:00.000Z']) {
      station.world.set('2026-11-23T03:00:00.000Z');
      const { body } = await enter({ bookingId }, { kind: 'came' }, { at });
      expect([body.code, body.errors?.[0]?.path]).toEqual(['invalid-input', 'at']);
    }
    expect((await enter({ bookingId }, { kind: 'no-show' }, { at: '2026-11-23T02:30:00.000Z' })).body.code).toBe(
      'invalid-input',
    );
    expect((await booking(bookingId)).version).toBe(1);
  });

  it('takes who came without a booking, at a time that was full too, and never beside a booking they had', async () => {
    const { donor, slot } = await station.booked();
    await Promise.all([1, 2, 3, 4].map(async () => await bookFor(await aPerson(station.store), slot.slotId)));
    expect(await free(slot.slotId)).toBe(0);
    station.world.set(NEXT_DAY);
    const stranger = await aPerson(station.store);
    const who = { personId: stranger, procedure: 'whole-blood' };
    const din = station.newDin();
    const done = await enter(who, given(din), { key: 'walked-in-on-paper' });
    expect(done.body.booking.status).toBe('fulfilled');
    expect((await enter(who, given(din), { key: 'walked-in-on-paper' })).body.booking).toEqual(done.body.booking);
    expect(await booking(done.body.booking.bookingId)).toMatchObject({ walkIn: true, version: 1, slotId: slot.slotId });
    const pool = await station.store.get<PoolItem>(keys.pool(slot.slotId, 0));
    expect(pool).toMatchObject({ places: 6, free: 0 });
    expect((await enter({ personId: donor, procedure: 'whole-blood' }, { kind: 'came' })).body.code).toBe(
      'has-booking',
    );
    expect((await enter({ personId: donor, procedure: 'platelets' }, { kind: 'came' })).body.code).toBe('has-booking');
    const none = await enter({ personId: await aPerson(station.store), procedure: 'platelets' }, { kind: 'came' });
    expect(none.body.errors?.[0]?.path).toBe('who.procedure');
  });

  it('records what happened though the rules were against it, and says what they say', async () => {
    const { donor, bookingId } = await station.booked();
    station.world.set(NEXT_DAY);
    const lock = await station.store.get<object>(keys.lock(donor));
    await station.store.put({ Item: { ...lock, deferredUntil: '2026-12-01' } });
    const { status, body } = await enter({ bookingId }, given(station.newDin()));
    expect([status, body.doubts.map(({ code }) => code)]).toEqual([200, ['deferred']]);
  });

  it('enters one of two rows of the same person that are sent at once', async () => {
    const { bookingId } = await station.booked();
    station.world.set(NEXT_DAY);
    const answers = await Promise.all([
      enter({ bookingId }, given(station.newDin())),
      enter({ bookingId }, given(station.newDin())),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const stranger = { personId: await aPerson(station.store), procedure: 'whole-blood' };
    const twice = await Promise.all([enter(stranger, { kind: 'came' }), enter(stranger, { kind: 'came' })]);
    expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('enters one of two rows of somebody who had no booking, also where the second is entered while the first is decided', async () => {
    await station.booked();
    station.world.set(NEXT_DAY);
    const stranger = { personId: await aPerson(station.store), procedure: 'whole-blood' as const };
    let other: number | undefined;
    const slow: Store = {
      ...station.store,
      query: async (input) => {
        const read = await station.store.query<never>(input);
        if (input.pk === partitions.bookings(stranger.personId)) {
          other ??= (await enter(stranger, { kind: 'came' })).status;
        }
        return read;
      },
    };
    const site = (await station.store.get<SiteItem>(keys.site('central'))) as SiteItem;
    const row = { who: stranger, at: AT, paper: { kind: 'came' as const }, by: station.staff, auditId: 'a-slow-row' };
    const idempotency = { key: 'c2xvdy1yb3c', input: 'slow' };
    expect((await enterLate(engineDeps(slow, station.world), site, { ...row, idempotency })).kind).toBe('has-booking');
    expect(other).toBe(200);
  });
});

describe('a caller who has not said enough of themselves', () => {
  type Seen = { version: number; lacks: string[]; procedures: { ok: boolean; reasons: { code: string }[] }[] };
  const see = async (personId: string) =>
    (
      await station.call<Seen>('desk', 'GET /api/desk/people/{personId}', {
        params: { personId },
        query: { siteId: 'central' },
      })
    ).body;
  const complete = async (personId: string, body: Record<string, unknown>, more: More = {}) =>
    await station.call<Made>('desk', 'POST /api/desk/people/{personId}/profile', {
      params: { personId },
      body: { siteId: 'central', agreed: true, ...body },
      ...more,
    });
  /** Somebody who signed in once and said nothing but their name. */
  const caller = async () => {
    const personId = 'pcaller';
    await station.store.transact(
      newPersonItems({
        personId,
        phone: '+8613800003333',
        name: '周念',
        language: 'zh',
        now: '2026-11-23T01:00:00.000Z',
      }),
    );
    return personId;
  };
  const ALL = { birthDate: '1990-04-05', sex: 'female', weightKg: 58 };

  it('is booked for once staff have taken down the rest, with their yes, and it is in the audit log without what it is', async () => {
    const personId = await caller();
    const slot = await aSlot(station.store, { date: '2026-11-24', time: '1000', places: 2 });
    expect((await bookFor(personId, slot.slotId)).status).toBe(409);
    const before = await see(personId);
    expect(before.lacks).toEqual(['birthDate', 'sex', 'weightKg']);
    expect((await complete(personId, { ...ALL, version: before.version, agreed: false })).body.code).toBe(
      'invalid-input',
    );
    const done = await complete(personId, { ...ALL, version: before.version }, { key: 'a'.repeat(22) });
    expect(done).toMatchObject({ status: 200, body: { name: '周念', birthDate: '1990-04-05', sex: 'female' } });
    // A repeat is answered as the first.
    expect((await complete(personId, { ...ALL, version: before.version }, { key: 'a'.repeat(22) })).status).toBe(200);
    expect((await see(personId)).lacks).toEqual([]);
    expect((await bookFor(personId, slot.slotId)).status).toBe(201);
    const { pk } = keys.audit('central', '2026-11-23', 'x', 'x');
    const { items } = await station.store.query<AuditItem>({ pk, consistent: true });
    const entries = items.filter(({ action }) => action === 'profile-completed');
    expect(entries).toMatchObject([
      { by: station.staff, subjects: [personId], change: { fields: 'birthDate sex weightKg' } },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/1990|\b58\b/);
  });

  it('keeps what they have said themselves, but for a weight said anew; what no longer holds is released', async () => {
    const { donor, bookingId } = await station.booked({
      name: '周念',
      facts: { birthDate: '1990-01-01', sex: 'male', weightKg: 70 },
    });
    const { version, lacks } = await see(donor);
    expect(lacks).toEqual([]);
    const other = await complete(donor, { version, birthDate: '1991-01-01' });
    expect(other.body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'birthDate' }] });
    expect((await complete(donor, { version: version - 1, weightKg: 71 })).body.code).toBe('changed-meanwhile');
    station.world.set('2026-11-22T02:00:00.000Z');
    expect((await complete(donor, { version, weightKg: 44 })).status).toBe(200);
    const booking = await station.store.get<BookingItem>(keys.booking(bookingId), { consistent: true });
    expect(booking).toMatchObject({ status: 'cancelled', cancelCause: 'no-longer-eligible' });
  });
});
