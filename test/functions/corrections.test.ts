import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditItem, BookingItem, DonationItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { aPerson } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { aStation, labelOf, type Station } from '../support/station.ts';

let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const TODAY = '2026-11-23';
const correct = async (din: string, body: Record<string, unknown>, key?: string, as = station.staff) =>
  await station.call<{ din: string; withdrawn: boolean }>('donations', 'POST /api/donations/{din}/corrections', {
    as,
    params: { din },
    body: { reason: 'misread the scale', ...body },
    ...(key && { key }),
  });
const drawn = { kind: 'drawn', procedure: 'whole-blood', volumeMl: 200 };
type Mine = { items: { din: string; volumeMl: number }[]; honours: { times: number; donations: number } };
const mine = async (donor: string) =>
  (await station.call<Mine>('me', 'GET /api/me/donations', { as: donor })).body as Mine;
const factsOf = async (donor: string) => (await createPeople(station.store).lock(donor))?.facts;
type Corrected = {
  withdrawn: boolean;
  corrections: { by: string; reason: string; was: { din: string; volumeMl: number }; now?: { din: string } }[];
};
const chain = async (din: string) =>
  (await station.chain(din)) as unknown as Corrected & Awaited<ReturnType<Station['chain']>>;

describe('a correction of what was drawn', () => {
  it('is a record of its own with the reason; honours and intervals follow at once, and the chain shows both', async () => {
    const { din, donor } = await station.given();
    expect((await mine(donor)).honours).toMatchObject({ times: 2 });
    expect((await correct(din, drawn)).body).toMatchObject({ din, withdrawn: false });
    expect(await mine(donor)).toMatchObject({ items: [{ din, volumeMl: 200 }], honours: { times: 1 } });
    expect((await factsOf(donor))?.donations).toEqual([{ date: TODAY, procedure: 'whole-blood', volumeMl: 200 }]);
    expect(await chain(din)).toMatchObject({
      volumeMl: 200,
      withdrawn: false,
      corrections: [
        { by: station.staff, reason: 'misread the scale', was: { din, volumeMl: 400 }, now: { din, volumeMl: 200 } },
      ],
    });
    const { items } = await station.store.query<AuditItem>({ pk: 'AUDIT#central#2026-11-23' });
    expect(items.find(({ action }) => action === 'donation-corrected')).toMatchObject({ subjects: [donor] });
  });

  it('may be made again, and each is kept; the same sent twice is made once', async () => {
    const { din } = await station.given();
    const first = await correct(din, drawn, 'correct-key-1');
    expect((await correct(din, drawn, 'correct-key-1')).body).toEqual(first.body);
    expect((await correct(din, { ...drawn, volumeMl: 300 }, 'correct-key-1')).body.code).toBe('idempotency-key-reused');
    await correct(din, { ...drawn, volumeMl: 300 });
    expect((await chain(din)).corrections.map(({ was }) => was.volumeMl)).toEqual([400, 200]);
  });

  it('that the rules know no donation of, or that changes nothing, is refused', async () => {
    const { din } = await station.given();
    expect((await correct(din, { ...drawn, volumeMl: 123 })).body.code).toBe('volume-not-allowed');
    expect((await correct(din, { ...drawn, volumeMl: 400 })).body.code).toBe('invalid-input');
    expect((await correct('G123426999999', drawn)).body.code).toBe('not-found');
    const other = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'elsewhere' }] });
    expect((await correct(din, drawn, undefined, other)).body.code).toBe('forbidden');
    expect((await chain(din)).corrections).toEqual([]);
  });

  it('of the procedure makes it another bag while nothing was made of it, and no longer', async () => {
    const { din, donor } = await station.given();
    const platelets = { kind: 'drawn', procedure: 'platelets', volumeMl: 250, platelets: 2 };
    expect((await correct(din, platelets)).status).toBe(201);
    expect((await station.chain(din)).units).toMatchObject([{ component: 'platelets', stage: 'collected' }]);
    expect((await factsOf(donor))?.donations).toMatchObject([{ procedure: 'platelets', platelets: 2 }]);
    const later = await station.given();
    await station.step(later.din, 'wb', 'test');
    expect((await correct(later.din, platelets)).body.code).toBe('wrong-state');
  });

  it('releases the next booking that it makes too soon, in the same act', async () => {
    const { din, donor } = await station.given();
    const platelets = { kind: 'drawn', procedure: 'platelets', volumeMl: 250, platelets: 1 };
    await correct(din, platelets);
    // Four weeks after platelets; far too soon after whole blood.
    const slot = await aSlot(station.store, { date: '2026-12-21' });
    const booked = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
      as: donor,
      body: { slotId: slot.slotId },
    });
    expect(booked.status).toBe(201);
    await correct(din, { ...drawn, volumeMl: 400 });
    const booking = await station.store.get<BookingItem>(keys.booking(booked.body.bookingId), { consistent: true });
    expect(booking).toMatchObject({ status: 'cancelled', cancelCause: 'no-longer-eligible' });
  });

  it('shows in the record that its donor has proved it by', async () => {
    const { din, donor } = await station.given();
    const { code } = (
      await station.call<{ code: string }>('me', 'POST /api/me/donations/{din}/record', {
        as: donor,
        params: { din },
        body: { date: TODAY },
      })
    ).body;
    const proven = async () =>
      await station.call<{ volumeMl: number }>('records', 'GET /api/records/{code}', {
        params: { code: String(code) },
      });
    await correct(din, drawn);
    expect((await proven()).body.volumeMl).toBe(200);
    await correct(din, { kind: 'not-given' });
    expect((await proven()).status).toBe(404);
  });
});

describe('a correction of the number', () => {
  it('makes the donation be under the number that its bag has; the one before stays taken', async () => {
    const { din, donor, bookingId } = await station.given();
    const right = station.newDin();
    expect((await correct(din, { kind: 'din', newDin: right })).body.code).toBe('din-invalid');
    expect((await correct(din, { kind: 'din', newDin: labelOf(right) })).body).toMatchObject({ din: right });
    expect((await mine(donor)).items.map((each) => each.din)).toEqual([right]);
    expect(await chain(din)).toMatchObject({
      withdrawn: true,
      units: [{ stage: 'discarded' }],
      corrections: [{ now: { din: right } }],
    });
    expect(await chain(right)).toMatchObject({
      withdrawn: false,
      units: [{ stage: 'collected' }],
      corrections: [{ was: { din } }],
    });
    expect(await station.store.get(keys.booking(bookingId))).toMatchObject({ din: right });
    const next = await station.booked();
    await station.checkIn(next.bookingId);
    expect((await station.complete(next.bookingId, din)).body.code).toBe('din-taken');
    expect((await correct(din, { kind: 'not-given' })).body.code).toBe('wrong-state');
  });

  it('that is another donation’s is refused; so is one whose bag has gone on', async () => {
    const one = await station.given();
    const two = await station.given();
    expect((await correct(one.din, { kind: 'din', newDin: labelOf(two.din) })).body.code).toBe('din-taken');
    await station.step(one.din, 'wb', 'test');
    const moved = await correct(one.din, { kind: 'din', newDin: labelOf(station.newDin()) });
    expect(moved.body.code).toBe('wrong-state');
  });
});

describe('“this was not given”', () => {
  it('takes the donation from its donor’s record, honours and intervals; what is in the house is discarded', async () => {
    const { din, donor } = await station.given();
    await station.step(din, 'wb', 'test');
    await station.step(din, 'wb', 'process', { components: ['red-cells', 'plasma'] });
    expect((await correct(din, { kind: 'not-given' })).body).toMatchObject({ din, withdrawn: true });
    expect(await mine(donor)).toMatchObject({ items: [], honours: { donations: 0, times: 0 } });
    expect(await factsOf(donor)).toMatchObject({ donations: [], repeatDonor: false });
    expect((await chain(din)).units.map(({ stage }) => stage)).toEqual(['processed', 'discarded', 'discarded']);
    expect(await station.store.get<DonationItem>(keys.donation(donor, TODAY, din))).toBeUndefined();
    await station.settle();
    expect(await chain(din)).toMatchObject({ withdrawn: true });
  });

  it('is refused while a hospital has any of it: the use is put right first, which tells its donor', async () => {
    const { din, donor } = await station.issued();
    await station.use(din, 'wb-rc');
    await station.settle();
    await station.later(31 * 60_000);
    expect((await correct(din, { kind: 'not-given' })).body.code).toBe('wrong-state');
    await station.step(din, 'wb-rc', 'correct-use');
    await station.settle();
    await station.later(60_000);
    expect((await station.textsTo(donor)).filter((text) => text.startsWith('抱歉'))).toHaveLength(1);
    for (const unit of ['wb-rc', 'wb-pl']) await station.step(din, unit, 'return');
    expect((await correct(din, { kind: 'not-given' })).status).toBe(201);
  });

  it('and a step of a colleague at the same moment: one of them stands, and nothing is half done', async () => {
    for (let n = 0; n < 4; n += 1) {
      const { din } = await station.given();
      const [step, correction] = await Promise.all([
        station.step(din, 'wb', 'test', { version: 1 }),
        correct(din, { kind: 'not-given' }),
      ]);
      const after = await chain(din);
      expect(correction.status).toBe(201);
      expect(after.units.map(({ stage }) => stage)).toEqual(['discarded']);
      expect(after.steps).toHaveLength(step.status === 200 ? 3 : 2);
    }
  });
});
