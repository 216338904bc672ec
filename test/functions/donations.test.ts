import { beforeEach, describe, expect, it } from 'vitest';
import type {
  AuditItem,
  BookingItem,
  DeferralItem,
  DinItem,
  DonationItem,
  PoolItem,
  UnitItem,
} from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { aPerson } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { aStation, labelOf, type Station } from '../support/station.ts';

type Roster = { items: { bookingId: string; name: string; phoneLast4: string; status: string }[]; cursor?: string };

const TODAY = '2026-11-23';
let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const roster = async (query: Record<string, string> = {}, as = station.staff) =>
  await station.call<Roster>('donations', 'GET /api/donations/roster', {
    as,
    query: { siteId: 'central', date: TODAY, ...query },
  });
const defer = async (body: Record<string, unknown>, key?: string) =>
  await station.call<{ deferredUntil?: string; permanent: boolean }>('donations', 'POST /api/donations/deferrals', {
    body,
    ...(key && { key }),
  });
const booking = async (bookingId: string) =>
  (await station.store.get<BookingItem>(keys.booking(bookingId), { consistent: true })) as BookingItem;
const factsOf = async (personId: string) => (await createPeople(station.store).lock(personId))?.facts;

describe('the day’s roster', () => {
  it('shows staff of the site a name, the end of a number and no more, and records that they looked', async () => {
    const one = await station.booked({ name: '林晓', phone: '+8613912345678' });
    const two = await station.booked({ name: '周宁' });
    const { status, body } = await roster();
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { bookingId: one.bookingId, name: '林晓', phoneLast4: '5678', status: 'booked' },
      { bookingId: two.bookingId, name: '周宁' },
    ]);
    expect(JSON.stringify(body)).not.toContain('139123');
    const { items } = await station.store.query<AuditItem>({ pk: 'AUDIT#central#2026-11-23' });
    expect(items).toMatchObject([{ by: station.staff, action: 'site-roster-read', subjects: [one.donor, two.donor] }]);
  });

  it('comes in pages that together hold everyone once', async () => {
    const made = await Promise.all([1, 2, 3].map(async () => (await station.booked()).bookingId));
    const first = await roster({ limit: '2' });
    const second = await roster({ limit: '2', cursor: first.body.cursor ?? '' });
    const all = [...first.body.items, ...second.body.items].map(({ bookingId }) => bookingId);
    expect(all.toSorted()).toEqual(made.toSorted());
  });

  it('is closed to staff of another site, to donors, and to a cursor of another day', async () => {
    const other = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'elsewhere' }] });
    expect((await roster({}, other)).body.code).toBe('forbidden');
    expect((await roster({}, await aPerson(station.store))).body.code).toBe('forbidden');
    await Promise.all([1, 2].map(async () => await station.booked()));
    const { body } = await roster({ limit: '1' });
    expect((await roster({ date: '2026-11-24', cursor: body.cursor ?? '' })).body.code).toBe('invalid-input');
  });
});

describe('a pass shown at the desk', () => {
  const find = async (query: Record<string, string>, as = station.staff) =>
    await station.call<Roster>('donations', 'GET /api/donations/pass', {
      as,
      query: { siteId: 'central', date: TODAY, ...query },
    });
  const passOf = async ({ donor, bookingId }: { donor: string; bookingId: string }): Promise<string> => {
    const mine = { as: donor, params: { bookingId } };
    return (await station.call<{ passCode: string }>('bookings', 'GET /api/bookings/{bookingId}', mine)).body.passCode;
  };

  it('finds its booking among all of the day, however it is typed or scanned, and the look is recorded', async () => {
    const one = await station.booked({ name: '林晓', phone: '+8613912345678' });
    await Promise.all([1, 2, 3].map(async () => await station.booked()));
    const code = await passOf(one);
    for (const said of [code, code.toLowerCase(), `${code.slice(0, 3)} ${code.slice(3)}`, `NUANLIU:${code}`]) {
      const { status, body } = await find({ code: said });
      expect([status, body.items.map(({ bookingId }) => bookingId)]).toEqual([200, [one.bookingId]]);
      expect(body.items[0]).toMatchObject({ name: '林晓', phoneLast4: '5678' });
    }
    const { items } = await station.store.query<AuditItem>({ pk: 'AUDIT#central#2026-11-23' });
    expect(items).toHaveLength(4);
    expect(items[0]).toMatchObject({ by: station.staff, action: 'site-pass-read', subjects: [one.donor] });
  });

  it('finds nobody on another day, and says so of a slip of the finger', async () => {
    const code = await passOf(await station.booked());
    expect((await find({ code, date: '2026-11-24' })).body.items).toEqual([]);
    const slip = code.slice(0, 5) + (code.endsWith('2') ? '3' : '2');
    const { status, body } = await find({ code: slip });
    expect([status, body.code, body.errors?.[0]?.path]).toEqual([400, 'invalid-input', 'query.code']);
    expect(body.errors?.[0]?.message).toMatch(/核对/);
  });

  it('is found by staff of its site alone', async () => {
    const code = await passOf(await station.booked());
    const other = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'elsewhere' }] });
    expect((await find({ code }, other)).body.code).toBe('forbidden');
  });
});

describe('check-in', () => {
  it('is possible on the slot’s own date only', async () => {
    const donor = await aPerson(station.store);
    const slot = await aSlot(station.store, { date: '2026-11-24', time: '0900' });
    const made = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
      as: donor,
      body: { slotId: slot.slotId },
    });
    const { bookingId } = made.body;
    // 23:59 at the site on the day before, midnight, and the day after.
    station.world.set('2026-11-23T15:59:59.000Z');
    expect((await station.checkIn(bookingId)).body.code).toBe('wrong-state');
    station.world.set('2026-11-24T16:00:00.000Z');
    expect((await station.checkIn(bookingId)).body.code).toBe('wrong-state');
    station.world.set('2026-11-23T16:00:00.000Z');
    expect((await station.checkIn(bookingId, 'check-in-1')).status).toBe(200);
    expect((await station.checkIn(bookingId, 'check-in-1')).status).toBe(200);
    expect((await station.checkIn(bookingId)).body.code).toBe('wrong-state');
  });

  it('is for staff of the site, of bookings that exist', async () => {
    const { bookingId } = await station.booked();
    const other = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'elsewhere' }] });
    const answer = await station.call('donations', 'POST /api/donations/check-in', { as: other, body: { bookingId } });
    expect(answer.body.code).toBe('forbidden');
    expect((await station.checkIn('pnobody_x')).body.code).toBe('not-found');
    const shift = await aSlot(station.store, { containerId: 'central', date: TODAY, time: '1800', shift: 'helper' });
    const made = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
      as: await aPerson(station.store),
      body: { slotId: shift.slotId },
    });
    expect((await station.checkIn(made.body.bookingId)).body.code).toBe('not-found');
  });
});

describe('a completed donation', () => {
  it('is recorded whole: booking, number, donor’s record, first unit, and what keeps them from coming back too soon', async () => {
    const { donor, bookingId } = await station.booked();
    await station.checkIn(bookingId);
    const din = station.newDin();
    const done = await station.complete(bookingId, din, { reaction: true });
    expect(done).toMatchObject({
      status: 201,
      body: { din, volumeMl: 400, siteId: 'central', date: TODAY, reaction: true, bookingId },
    });
    expect(done.body.dinPrinted.replaceAll(' ', '')).toBe(labelOf(din));
    expect(await booking(bookingId)).toMatchObject({ status: 'fulfilled', din });
    const record = await station.store.get<DonationItem>(keys.donation(donor, TODAY, din));
    expect(record).toMatchObject({ volumeMl: 400, siteName: { zh: '中心血站' }, reaction: true });
    const { items } = await station.store.query<UnitItem | DinItem>({ pk: partitions.chain(din) });
    expect(items.map(({ kind }) => kind)).toEqual(['din', 'unit-step', 'unit']);
    expect(await factsOf(donor)).toMatchObject({
      donations: [{ date: TODAY, procedure: 'whole-blood', volumeMl: 400 }],
      repeatDonor: true,
      reactionRecorded: true,
    });
    expect((await createPeople(station.store).lock(donor))?.commitments).toEqual([]);
    const soon = await aSlot(station.store, { date: '2026-12-30', time: '1000' });
    const again = await station.call('bookings', 'POST /api/bookings', { as: donor, body: { slotId: soon.slotId } });
    expect(again.body.reasons).toMatchObject([{ code: 'interval', from: '2027-05-23' }]);
  });

  it('needs the donor to have been checked in', async () => {
    const { bookingId } = await station.booked();
    const din = station.newDin();
    expect((await station.complete(bookingId, din)).body.code).toBe('wrong-state');
    expect(await station.store.get(keys.din(din))).toBeUndefined();
  });

  it('takes its number once: neither two at once nor a second booking get it', async () => {
    const two = [await station.booked(), await station.booked()];
    for (const { bookingId } of two) await station.checkIn(bookingId);
    const din = station.newDin();
    const answers = await Promise.all(two.map(async ({ bookingId }) => await station.complete(bookingId, din)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('din-taken');
    const third = await station.booked();
    await station.checkIn(third.bookingId);
    expect((await station.complete(third.bookingId, din)).body.code).toBe('din-taken');
    expect(await booking(third.bookingId)).toMatchObject({ status: 'arrived' });
  });

  it('is recorded once when two staff complete it at once', async () => {
    const { donor, bookingId } = await station.booked();
    await station.checkIn(bookingId);
    const dins = [station.newDin(), station.newDin()];
    const answers = await Promise.all(dins.map(async (din) => await station.complete(bookingId, din)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('wrong-state');
    const { items } = await station.store.query<DonationItem>({ pk: partitions.donations(donor) });
    expect(items).toHaveLength(1);
  });

  it('answers a repeat as it did first, and refuses the key for anything else', async () => {
    const { bookingId } = await station.booked();
    await station.checkIn(bookingId);
    const din = station.newDin();
    const first = await station.complete(bookingId, din, {}, 'complete-1');
    const repeat = await station.complete(bookingId, din, {}, 'complete-1');
    expect(repeat).toMatchObject({ status: 201, body: first.body });
    expect((await station.complete(bookingId, din, { volumeMl: 200 }, 'complete-1')).body.code).toBe(
      'idempotency-key-reused',
    );
    expect((await station.complete(bookingId, din)).body.code).toBe('wrong-state');
  });

  it('refuses a number whose check character is wrong or missing', async () => {
    const { bookingId } = await station.booked();
    await station.checkIn(bookingId);
    const din = station.newDin();
    const wrong = `${din}${labelOf(din).endsWith('A') ? 'B' : 'A'}`;
    for (const typed of [wrong, din, 'nonsense']) {
      const answer = await station.complete(bookingId, din, { din: typed });
      expect(answer).toMatchObject({ status: 422, body: { code: 'din-invalid' } });
    }
    expect((await station.complete(bookingId, din, { din: `=${din}00` })).status).toBe(201);
  });

  it.each([
    ['whole-blood', { volumeMl: 250 }],
    ['whole-blood', { volumeMl: 400, platelets: 1 }],
    ['platelets', { volumeMl: 250 }],
  ] as const)('refuses a volume that the rules do not know: %s %o', async (procedure, drawn) => {
    const { donor, bookingId } = await station.booked({ procedure });
    await station.checkIn(bookingId);
    const answer = await station.complete(bookingId, station.newDin(), { procedure, ...drawn });
    expect(answer).toMatchObject({ status: 422, body: { code: 'volume-not-allowed' } });
    expect((await factsOf(donor))?.donations).toEqual([]);
  });

  it('by another procedure than was booked is judged by the rules for that one', async () => {
    const { bookingId } = await station.booked({
      procedure: 'platelets',
      facts: { donations: [{ date: '2026-08-20', procedure: 'whole-blood', volumeMl: 400 }], repeatDonor: true },
    });
    await station.checkIn(bookingId);
    const answer = await station.complete(bookingId, station.newDin());
    expect(answer).toMatchObject({ status: 409, body: { code: 'refused', reasons: [{ code: 'interval' }] } });
  });

  it('releases a booking made meanwhile that it forbids', async () => {
    const { donor, slot, bookingId } = await station.booked();
    await station.checkIn(bookingId);
    station.world.set(slot.endsAt);
    const next = await aSlot(station.store, { date: '2026-12-10', time: '1100' });
    const other = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
      as: donor,
      body: { slotId: next.slotId },
    });
    expect(other.status).toBe(201);
    expect((await station.complete(bookingId, station.newDin())).status).toBe(201);
    expect(await booking(other.body.bookingId)).toMatchObject({
      status: 'cancelled',
      cancelCause: 'no-longer-eligible',
    });
    expect(await station.store.get<PoolItem>(keys.pool(next.slotId, 0))).toMatchObject({ free: 1 });
  });

  it('takes a station’s own number as it is where the site numbers by itself', async () => {
    await aSite(station.store, { dinScheme: 'opaque' });
    const { bookingId } = await station.booked();
    await station.checkIn(bookingId);
    const answer = await station.complete(bookingId, '', { din: ' nl 2026 000123 ' });
    expect(answer).toMatchObject({ status: 201, body: { din: 'NL2026000123', dinPrinted: 'NL2026000123' } });
    expect((await station.chain('nl2026000123')).units).toHaveLength(1);
  });
});

describe('a deferral', () => {
  const reasons = async () =>
    (
      await station.call<{ items: { code: string }[] }>('donations', 'GET /api/donations/deferral-reasons', {
        query: { siteId: 'central' },
      })
    ).body.items.map(({ code }) => code);

  it('ends the booking, frees the place, keeps its reason in the private table and the donor from booking', async () => {
    expect(await reasons()).toContain('tattoo-or-sharps');
    const { donor, slot, bookingId } = await station.booked();
    expect((await defer({ bookingId, reason: 'tattoo-or-sharps' })).body.code).toBe('wrong-state');
    await station.checkIn(bookingId);
    const answer = await defer({ bookingId, reason: 'tattoo-or-sharps', since: '2026-10-01' }, 'deferral-1');
    expect(answer).toMatchObject({ status: 201, body: { permanent: false, deferredUntil: '2027-10-01' } });
    expect((await defer({ bookingId, reason: 'tattoo-or-sharps', since: '2026-10-01' }, 'deferral-1')).body).toEqual(
      answer.body,
    );
    expect(await booking(bookingId)).toMatchObject({ status: 'cancelled', cancelCause: 'no-longer-eligible' });
    expect(await station.store.get<PoolItem>(keys.pool(slot.slotId, 0))).toMatchObject({ free: 5 });
    const { items } = await station.store.query<DeferralItem>({ pk: partitions.deferrals(donor), table: 'private' });
    expect(items).toMatchObject([
      { reason: 'tattoo-or-sharps', since: '2026-10-01', until: '2027-10-01', permanent: false },
    ]);
    expect(await factsOf(donor)).toMatchObject({ deferredUntil: '2027-10-01' });
    const { items: open } = await station.store.query({ pk: partitions.bookings(donor) });
    expect(JSON.stringify(open)).not.toContain('tattoo-or-sharps');
  });

  it('that concerns platelets only leaves whole blood open', async () => {
    const { donor, bookingId } = await station.booked({ procedure: 'platelets' });
    await station.checkIn(bookingId);
    expect((await defer({ bookingId, reason: 'aspirin' })).body).toMatchObject({ deferredUntil: '2026-11-28' });
    expect(await factsOf(donor)).toMatchObject({ deferredUntilFor: { platelets: '2026-11-28' } });
    const slot = await aSlot(station.store, { date: '2026-11-26', time: '1000' });
    const other = await station.call('bookings', 'POST /api/bookings', { as: donor, body: { slotId: slot.slotId } });
    expect(other.status).toBe(201);
  });

  it('for good keeps no more than that', async () => {
    const { donor, bookingId } = await station.booked();
    await station.checkIn(bookingId);
    expect((await defer({ bookingId, reason: 'permanent' })).body).toMatchObject({ permanent: true });
    expect(await factsOf(donor)).toMatchObject({ deferredPermanently: true });
  });

  it('refuses a reason the pack does not know, and a day that leaves nothing to wait for', async () => {
    const { bookingId } = await station.booked();
    await station.checkIn(bookingId);
    for (const body of [
      { reason: 'unheard-of' },
      { reason: 'tattoo-or-sharps', since: '2020-01-01' },
      { reason: 'tattoo-or-sharps', since: '2026-12-01' },
      // No fixed wait: somebody has to say when it will be over. And this one concerns platelets only.
      { reason: 'pregnancy' },
      { reason: 'aspirin' },
    ]) {
      expect(await defer({ bookingId, ...body })).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
    }
    expect(await booking(bookingId)).toMatchObject({ status: 'arrived' });
  });
});
