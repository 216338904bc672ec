import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { DEVICE_HEADER } from '../../shared/domain/second-fact.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { AuditItem, BookingItem, NamedItem, PhoneItem, ProfileItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { namedDigest } from '../../shared/store/people.ts';
import { createSecondFacts } from '../../shared/store/second-fact.ts';
import { aPerson } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { TEST_ISSUER } from '../support/api.ts';
import { allItems, storeOn } from '../support/engine.ts';
import { guarded } from '../support/guard.ts';
import { aStation, type Station } from '../support/station.ts';

const OLD = '+8613912340001';
const NEW = '+8613912340002';
const FACT = { birthDate: '1996-05-01', lastFour: '123x' };
const HOUR_MS = 60 * 60_000;
type Seen = { personId: string; name: string; phoneLast4: string };

let station: Station;
let donor: string;
let sharer: string;
beforeEach(async () => {
  station = await aStation();
  donor = await aPerson(station.store, { name: '林见暖', phone: OLD });
  sharer = await aPerson(station.store, { name: '陈桂芳', phone: OLD });
});

const facts = () =>
  createSecondFacts(
    {
      store: guarded(storeOn(station.names), ACCESS.me, station.names.private),
      clock: station.world.clock,
      random: station.world.random,
      packOf: () => undefined,
    },
    async () => 'a key of the tests',
  );
const move = async (body: Record<string, unknown> = {}, more: { as?: string; key?: string; who?: string } = {}) => {
  const { who = donor, ...rest } = more;
  return await station.call<Seen>('desk', 'POST /api/desk/people/{personId}/phone', {
    params: { personId: who },
    body: {
      siteId: 'central',
      phone: '139 1234 0002',
      was: OLD.slice(-4),
      knownBy: 'document',
      reason: '本人换号，凭身份证办理',
      besides: [],
      ...body,
    },
    ...rest,
  });
};
const profile = async (personId: string) =>
  (await station.store.get<ProfileItem>(keys.profile(personId), { consistent: true })) as ProfileItem;
const having = async (phone: string) =>
  (await station.store.query<PhoneItem>({ pk: partitions.phones(phone), consistent: true })).items
    .map(({ personId }) => personId)
    .toSorted();
const trail = async () =>
  (await station.store.query<AuditItem>({ pk: partitions.audit('central', '2026-11-23') })).items.filter(
    ({ action }) => action === 'phone-moved',
  );
const me = async (sub: string, device?: string) =>
  await station.call<Seen>('me', 'GET /api/me', {
    as: sub,
    ...(device && { headers: { [DEVICE_HEADER]: device } }),
  });
/** One phone at the old number, on which both sign in: each in a browser of their own. */
async function devices() {
  const at = (device: string) => ({ iss: TEST_ISSUER, sub: 'the old number', device, phone: OLD });
  await facts().link(at('donor’s browser'), donor);
  await facts().link(at('sharer’s browser'), sharer);
}

describe('a person moved to a new number', () => {
  it('is found by it alone, and who did it and why is on record, without either number', async () => {
    expect(await move()).toMatchObject({ status: 200, body: { personId: donor, phoneLast4: '0002' } });
    expect([await having(OLD), await having(NEW)]).toEqual([[sharer], [donor]]);
    expect((await profile(donor)).phone).toBe(NEW);
    const [entry, ...others] = await trail();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      by: station.staff,
      subjects: [donor],
      change: { knownBy: 'document', reason: '本人换号，凭身份证办理', phoneWas: '0001', phoneNow: '0002' },
    });
    expect(JSON.stringify([entry, station.world.lines])).not.toMatch(/1391234/);
  });

  it('is not shown any more on what the old number let in, while who shares that number is', async () => {
    await devices();
    expect((await me('the old number', 'donor’s browser')).body.name).toBe('林见暖');
    await move();
    // What a running function remembers of a link, it forgets within minutes.
    station.world.advance(6 * 60_000);
    expect((await me('the old number', 'donor’s browser')).body.code).toBe('person-unknown');
    expect((await me(donor)).body.code).toBe('person-unknown');
    expect((await me('the old number', 'sharer’s browser')).body.name).toBe('陈桂芳');
    expect((await me(sharer)).body.name).toBe('陈桂芳');
    expect(await profile(sharer)).toMatchObject({ phone: OLD, version: 1 });
  });

  it('is known by their second fact on the new number, and on the old one no more', async () => {
    await facts().set(donor, FACT.lastFour);
    await facts().set(sharer, '9999');
    await move();
    expect(await facts().find(OLD, FACT)).toBeUndefined();
    expect(await facts().find(NEW, FACT)).toBe(donor);
    // Somebody was found by the old number just before it was moved.
    const late = { iss: TEST_ISSUER, sub: 'the old number', device: 'late', phone: OLD };
    expect(await facts().link(late, donor)).toBeUndefined();
    expect((await me('the old number', 'late')).body.code).toBe('person-unknown');
  });

  it('gets what waits on the new number, while the old one gets one text that says nothing of them', async () => {
    const slot = await aSlot(station.store, { date: '2026-11-25', time: '1000' });
    await station.call('bookings', 'POST /api/bookings', { as: donor, body: { slotId: slot.slotId } });
    await station.settle();
    expect(station.phone.map(({ to }) => to)).toEqual([OLD]);
    await station.tick();
    await move();
    await station.settle();
    const [, notice, ...more] = station.phone;
    expect(more).toEqual([]);
    expect(notice?.to).toBe(OLD);
    expect(notice?.text).toContain('如非您本人要求');
    expect(notice?.text).not.toMatch(/林|暖，|血|预约|0002|1391234/);
    await station.later(34 * HOUR_MS);
    expect(station.phone.slice(2).map(({ to }) => to)).toEqual([NEW]);
  });

  it('is told at the old number though they switch texts off and edit their profile before it is sent', async () => {
    await move();
    const before = await profile(donor);
    await station.store.put({
      Item: { ...before, ...keys.profile(donor), mutedTemplates: ['phone-moved'], version: before.version + 1 },
    });
    await station.settle();
    expect(station.phone.map(({ to }) => to)).toEqual([OLD]);
  });

  it('is not joined with whoever has the number, whom staff look at first and who is in doubt until they are here', async () => {
    const there = await aPerson(station.store, { name: '王秀英', phone: NEW });
    expect((await move()).body.code).toBe('changed-meanwhile');
    expect((await profile(donor)).phone).toBe(OLD);
    expect((await move({ besides: [there] })).status).toBe(200);
    expect(await having(NEW)).toEqual([donor, there].toSorted());
    expect((await me(there)).body.name).toBe('王秀英');
    expect(await profile(there)).toMatchObject({ phone: NEW, version: 1 });
    expect((await profile(there)).doubtedAt).toBeDefined();
    expect((await profile(donor)).doubtedAt).toBeUndefined();
  });

  it('may have had none, and is then found by number and not by name', async () => {
    const made = await station.call<Seen>('desk', 'POST /api/desk/people', {
      body: {
        siteId: 'central',
        name: '何玉兰',
        sex: 'female',
        birthDate: '1975-03-08',
        weightKg: 58,
        wantsExtendedAge: false,
        besides: [],
      },
    });
    const who = made.body.personId;
    expect((await move({ was: '' }, { who })).body.phoneLast4).toBe('0002');
    expect(await station.store.get<NamedItem>(keys.named(namedDigest('何玉兰', '1975-03-08')))).toBeUndefined();
    expect((await profile(who)).named).toBeUndefined();
    await station.settle();
    expect(station.phone).toEqual([]);
  });
});

describe('moving a number', () => {
  it('is done once however often it is sent, and by one of two staff at once', async () => {
    const twice = await Promise.all([1, 2].map(async () => await move({}, { key: 'move-once' })));
    expect(twice.map(({ status }) => status)).toEqual([200, 200]);
    expect((await move({}, { key: 'move-once' })).status).toBe(200);
    expect((await move({ phone: '139 1234 0009' }, { key: 'move-once' })).body.code).toBe('idempotency-key-reused');
    expect(await trail()).toHaveLength(1);
    await station.settle();
    expect(station.phone).toHaveLength(1);
    const race = await Promise.all(
      ['139 1234 0003', '139 1234 0004'].map(async (phone) => await move({ phone, was: '0002' })),
    );
    expect(race.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await having(NEW)).toEqual([]);
    expect([...(await having('+8613912340003')), ...(await having('+8613912340004'))]).toEqual([donor]);
  });

  it('wins against a device that is let in at the same time', async () => {
    await devices();
    const before = await profile(donor);
    const lost = { iss: TEST_ISSUER, sub: 'the old number', device: 'another', phone: OLD };
    // Whichever is first, it shows nothing once the number is moved.
    await Promise.all([move(), facts().link(lost, donor)]);
    expect((await profile(donor)).version).toBe(before.version + 1);
    station.world.advance(6 * 60_000);
    expect((await me('the old number', 'another')).body.code).toBe('person-unknown');
    expect((await station.store.query({ ...partitions.linked(donor), consistent: true })).items).toEqual([]);
  });

  it('cuts off as many devices as there are', async () => {
    for (let n = 0; n < 45; n += 1) {
      await facts().link({ iss: TEST_ISSUER, sub: `token ${n}`, device: 'one', phone: OLD }, donor);
    }
    expect((await move()).status).toBe(200);
    expect((await station.store.query({ ...partitions.linked(donor), consistent: true })).items).toEqual([]);
    expect((await me('token 44', 'one')).body.code).toBe('person-unknown');
  });

  it('is refused for whoever works here, for who is being forgotten or joined, and by staff of another site', async () => {
    const colleague = await aPerson(station.store, { phone: OLD, roles: [{ role: 'admin', scope: 'ALL' }] });
    expect((await move({}, { who: colleague })).body.code).toBe('has-roles');
    const far = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'east' }] });
    expect((await move({}, { as: far })).body.code).toBe('forbidden');
    const bad: [Record<string, unknown>, string][] = [
      [{ reason: ' ' }, 'reason'],
      [{ phone: 'none' }, 'phone'],
      [{ phone: '139 1234 0001' }, 'phone'],
    ];
    for (const [body, path] of bad) expect((await move(body)).body.errors?.[0]?.path).toBe(path);
    for (const key of [keys.erasure(donor), keys.mergedInto(donor), keys.mergeUnderWay(donor)]) {
      await station.store.put({ Item: { ...key, kind: 'erasure', personId: donor } });
      expect((await move()).body.code).toBe('wrong-state');
      await station.store.transact([{ Delete: { Key: key } }]);
    }
    expect(await having(OLD)).toEqual([donor, sharer, colleague].toSorted());
    expect(await trail()).toEqual([]);
  });
});

describe('a second fact that was forgotten or mistyped', () => {
  const reset = async (body: Record<string, unknown> = {}, more: { as?: string; key?: string; who?: string } = {}) => {
    const { who = donor, ...rest } = more;
    return await station.call<Seen & { birthDate: string }>('desk', 'POST /api/desk/people/{personId}/second-fact', {
      params: { personId: who },
      body: { siteId: 'central', ...RIGHT, knownBy: 'document', reason: '登记时填错', ...body },
      ...rest,
    });
  };
  const RIGHT = { birthDate: '1996-05-10', lastFour: '456X' };
  const mayTry = async (n: number) => await facts().mayTry(OLD, { key: `try-${n}`, input: 'x' });

  it('is set anew by staff: it opens the person, the old one no more, and who tried too often may try again', async () => {
    await facts().set(donor, FACT.lastFour);
    for (let n = 0; n < 5; n += 1) expect(await mayTry(n)).toBe('yes');
    expect(await mayTry(5)).toBe('used-up');
    expect(await reset()).toMatchObject({ status: 200, body: { personId: donor, birthDate: RIGHT.birthDate } });
    expect(await facts().find(OLD, RIGHT)).toBe(donor);
    expect(await facts().find(OLD, FACT)).toBeUndefined();
    expect(await mayTry(6)).toBe('yes');
    expect(await profile(sharer)).toMatchObject({ birthDate: '1996-05-01', version: 1 });
  });

  it('is told to the person by text, on record with who and why, and nowhere in what is kept or logged', async () => {
    await reset({}, { key: 'reset-once' });
    expect((await reset({}, { key: 'reset-once' })).status).toBe(200);
    expect((await reset({ lastFour: '0000' }, { key: 'reset-once' })).body.code).toBe('idempotency-key-reused');
    await station.settle();
    expect(station.phone.map(({ to }) => to)).toEqual([OLD]);
    expect(station.phone[0]?.text).toContain('如非您本人要求');
    const entries = (
      await station.store.query<AuditItem>({ pk: partitions.audit('central', '2026-11-23') })
    ).items.filter(({ action }) => action === 'second-fact-reset');
    expect(entries).toMatchObject([{ by: station.staff, change: { knownBy: 'document', reason: '登记时填错' } }]);
    const kept = JSON.stringify([await allItems(station.names), station.world.lines]);
    expect(kept).not.toContain('456X');
    const plain = createHash('sha256').update('456X').digest('base64url');
    expect(kept).not.toContain(plain.slice(0, 22));
  });

  it('counts for the rules: a booking that a corrected birth date forbids is released in the same moment', async () => {
    const { bookingId } = await station.booked();
    const who = bookingId.split('_')[0] ?? '';
    expect((await reset({ birthDate: '2015-05-10' }, { who })).status).toBe(200);
    const booking = await station.store.get<BookingItem>(keys.booking(bookingId), { consistent: true });
    expect(booking).toMatchObject({ status: 'cancelled', cancelCause: 'no-longer-eligible' });
  });

  it('is not reset for whoever works here, has no number or is being forgotten, nor by staff of another site', async () => {
    const colleague = await aPerson(station.store, { roles: [{ role: 'auditor', scope: 'ALL' }] });
    expect((await reset({}, { who: colleague })).body.code).toBe('has-roles');
    const far = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'east' }] });
    expect((await reset({}, { as: far })).body.code).toBe('forbidden');
    expect((await reset({ birthDate: '2027-01-01' })).body.errors?.[0]?.path).toBe('birthDate');
    await station.store.put({ Item: { ...keys.erasure(donor), kind: 'erasure', personId: donor } });
    expect((await reset()).body.code).toBe('wrong-state');
    expect((await profile(donor)).version).toBe(1);
  });
});
