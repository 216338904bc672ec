import { expect, it } from 'vitest';
import { packFor } from '../../shared/policy/index.ts';
import type { Store } from '../../shared/store/client.ts';
import { askToErase, goOnErasing } from '../../shared/store/erase/job.ts';
import type { BookingItem, LockItem, SealedItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { declareElsewhere } from '../../shared/store/transactions/declare-elsewhere.ts';
import { saveAnswers } from '../../shared/store/transactions/save-answers.ts';
import { setConsent } from '../../shared/store/transactions/set-consent.ts';
import { aPerson } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { TEST_ISSUER } from '../support/api.ts';
import { storeOn } from '../support/engine.ts';
import { aStation, type Station } from '../support/station.ts';

const PHONE = '+8613900000777';

/** A donor with a past, a place tomorrow and texts, whose number somebody else has as well. */
async function aDonor(station: Station) {
  const { donor, din } = await station.given({ name: '林晓', phone: PHONE });
  const other = await aPerson(station.store, { name: '王安', phone: PHONE });
  const shift = await aSlot(station.store, { containerId: 'walk', shift: 'guide', date: '2026-11-28', places: 1 });
  const booked = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
    as: donor,
    body: { slotId: shift.slotId },
  });
  await declareAll(station, donor);
  await station.settle();
  expect((await station.textsTo(donor)).length).toBeGreaterThan(1);
  return { donor, other, din, bookingId: booked.body.bookingId, slotId: shift.slotId };
}

/** What somebody can have declared: an agreement, an answer kept by it, and a donation made elsewhere. */
async function declareAll(station: Station, personId: string): Promise<void> {
  const deps = engine(station);
  const who = { personId, pack: packFor('cn', '2026-11-23'), on: '2026-11-23' };
  const tattoo = { question: 'tattoo', answeredOn: who.on, events: [{ code: 'tattoo-or-sharps', ended: who.on }] };
  const donation = { date: '2026-03-01', procedure: 'platelets', volumeMl: 250, platelets: 1 } as const;
  const agreeing = { ...AGREEING, personId, idempotency: { key: 'agree', input: 'agree' } };
  const said = [
    await setConsent(deps, agreeing),
    await saveAnswers(deps, { ...who, version: 0, answers: [tattoo], idempotency: { key: 'save', input: 'save' } }),
    await declareElsewhere(deps, { ...who, donation, idempotency: { key: 'declare', input: 'declare' } }),
  ];
  expect(said).toEqual(['done', 'done', 'done']);
}
const LATER = { key: 'later', input: 'later' };
const AGREEING = { purpose: 'health-answers', given: true, wording: '2026-11-25', version: 0 } as const;

const engine = (station: Station, store: Store = station.store) => ({
  store,
  clock: station.world.clock,
  random: station.world.random,
  packOf: ({ pack, date }: { pack?: string; date: string }) => (pack === undefined ? undefined : packFor(pack, date)),
});

async function expectErased(
  station: Station,
  { donor, other, din, bookingId, slotId }: Awaited<ReturnType<typeof aDonor>>,
) {
  const { store } = station;
  const people = createPeople(store);
  expect(await people.bySubject({ iss: TEST_ISSUER, sub: donor })).toBeUndefined();
  expect(await people.profile(donor)).toBeUndefined();
  expect(await store.get(keys.phone(PHONE, donor))).toBeUndefined();
  expect(await store.get(keys.erasure(donor))).toBeUndefined();
  for (const pk of [
    partitions.messages(donor),
    partitions.budget(donor),
    partitions.roles(donor),
    partitions.linked(donor).pk,
  ]) {
    expect((await store.query({ pk, consistent: true })).items, pk).toEqual([]);
  }
  for (const pk of [partitions.answers(donor), partitions.consents(donor), partitions.elsewhere(donor)]) {
    expect((await store.query({ pk, consistent: true, table: 'private' })).items, pk).toEqual([]);
  }
  // The place is somebody else's now; the record of the donation stays, under an id that names nobody.
  expect(await store.get(keys.booking(bookingId), { consistent: true })).toBeUndefined();
  const [pool] = await createSlots(store).pools(slotId, { consistent: true });
  expect(pool?.free).toBe(1);
  const kept = (await store.query<BookingItem>({ pk: partitions.bookings(donor), consistent: true })).items;
  expect(kept.map(({ status, din: of }) => [status, of])).toEqual([['fulfilled', din]]);
  expect(await store.get(keys.din(din))).toMatchObject({ personId: donor });
  expect((await store.query({ pk: partitions.donations(donor) })).items).toHaveLength(1);
  const lock = await store.get<LockItem>(keys.lock(donor), { consistent: true });
  expect(lock).toMatchObject({ status: 'inactive', commitments: [], donations: [] });
  for (const fact of ['birthDate', 'declared', 'elsewhere']) expect(lock).not.toHaveProperty(fact);
  // Who shares the number is who they were.
  expect(await people.bySubject({ iss: TEST_ISSUER, sub: other })).toBe(other);
  expect(await people.profile(other)).toMatchObject({ name: '王安', phone: PHONE });
}

it('whoever asks to be unknown is: the place is free, the records stay under an id that names nobody, and no text follows', async () => {
  const station = await aStation();
  const asked = await aDonor(station);
  expect(await askToErase(engine(station), asked.donor)).toBe('done');
  expect(await askToErase(engine(station), asked.donor)).toBe('done');
  const refused = await station.call('bookings', 'POST /api/bookings', {
    as: asked.donor,
    body: { slotId: asked.slotId },
  });
  expect(refused.body.reasons).toContainEqual(expect.objectContaining({ code: 'person-inactive' }));
  expect(
    await setConsent(engine(station), { ...AGREEING, personId: asked.donor, version: 1, idempotency: LATER }),
  ).toBe('not-found');
  const texts = station.phone.length;
  await station.later(60_000);
  await expectErased(station, asked);
  // What was still on its way, and what comes of the blood later, tells nobody anything.
  await station.step(asked.din, 'wb', 'test');
  await station.step(asked.din, 'wb', 'process', { components: ['red-cells'] });
  await station.issue(asked.din, 'wb-rc');
  await station.use(asked.din, 'wb-rc');
  await station.settle();
  await station.later(31 * 60_000);
  expect(station.phone).toHaveLength(texts);
  expect(
    (await station.call<{ items: unknown[] }>('messages', 'GET /api/messages/problems', { query: {} })).body.items,
  ).toEqual([]);
});

it('puts away who gave blood, sealed, so that a unit still leads to its donor; of others nothing is kept', async () => {
  const station = await aStation();
  const { donor } = await aDonor(station);
  const never = await aPerson(station.store, { name: '周宁' });
  for (const personId of [donor, never]) await askToErase(engine(station), personId);
  await station.tick();
  const sealed = async (personId: string) =>
    await station.store.get<SealedItem>(keys.sealed(personId), { table: 'private' });
  expect(await sealed(donor)).toMatchObject({ name: '林晓', phone: PHONE, birthDate: '1996-05-01' });
  expect(await sealed(never)).toBeUndefined();
});

it('killed after each of its writes, it is gone on with from there, and the end is the same', async () => {
  const station = await aStation();
  const asked = await aDonor(station);
  await askToErase(engine(station), asked.donor);
  let runs = 0;
  while (await station.store.get(keys.erasure(asked.donor), { consistent: true })) {
    runs += 1;
    expect(runs).toBeLessThan(60);
    await goOnErasing(engine(station, dyingAfterOneWrite(storeOn(station.names)))).catch(() => undefined);
  }
  expect(runs).toBeGreaterThan(6);
  await expectErased(station, asked);
});

/** As a process that is killed when its first write has been applied, before it hears of it. */
function dyingAfterOneWrite(store: Store): Store {
  let dead = false;
  store.base.middlewareStack.add(
    (next, context) => async (args) => {
      if (dead) throw new Error('killed');
      const answer = await next(args);
      if (!/^(Get|BatchGet|Query)/.test(String(context['commandName']))) {
        dead = true;
        throw new Error('killed');
      }
      return answer;
    },
    { step: 'initialize', name: 'death' },
  );
  return store;
}
