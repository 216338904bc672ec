import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookingsDeps } from '../../functions/http/bookings/deps.ts';
import { bookingsRoutes } from '../../functions/http/bookings/index.ts';
import { meDeps } from '../../functions/http/me/deps.ts';
import { meRoutes } from '../../functions/http/me/index.ts';
import { precheckDeps } from '../../functions/http/precheck/deps.ts';
import { precheckRoutes } from '../../functions/http/precheck/index.ts';
import { areaHandler } from '../../functions/runtime/area-handler.ts';
import { bookings } from '../../shared/contract/bookings.ts';
import { me } from '../../shared/contract/me.ts';
import { precheck } from '../../shared/contract/precheck.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { applyDeferral } from '../../shared/domain/eligibility.ts';
import { CONSENT_WORDING } from '../../shared/domain/vocabulary.ts';
import { packFor } from '../../shared/policy/index.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { Store } from '../../shared/store/client.ts';
import { exportDeclared } from '../../shared/store/health-answers.ts';
import type { AnswersItem, BookingItem, ConsentItem, LockItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { lockWrite } from '../../shared/store/lock.ts';
import { createPeople } from '../../shared/store/people.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { saveAnswers } from '../../shared/store/transactions/save-answers.ts';
import { setConsent } from '../../shared/store/transactions/set-consent.ts';
import { aPerson } from '../builders/people.ts';
import { aSite, aSlot } from '../builders/places.ts';
import { type Answer, callRoute } from '../support/api.ts';
import { freshTables, storeOn } from '../support/engine.ts';
import { guarded } from '../support/guard.ts';
import { testWorld } from '../support/world.ts';

type Mine = {
  packId: string;
  version: number;
  answers: { question: string }[];
  facts: Record<string, unknown>;
} & Problem;
type Declared = { items: { declaredId: string; version: number; date: string; volumeMl: number }[] } & Problem;

const NOON = '2026-11-23T04:00:00.000Z';
const TODAY = '2026-11-23';
const world = testWorld(NOON);
let store: Store;
let handler: unknown;
let booking: unknown;
let mine: unknown;

beforeAll(async () => {
  const names = await freshTables();
  store = storeOn(names);
  const deps = precheckDeps(guarded(storeOn(names), ACCESS.precheck, names.private), world);
  handler = areaHandler(precheck, async () => deps, precheckRoutes);
  const bookingDeps = bookingsDeps(guarded(storeOn(names), ACCESS.bookings, names.private), world);
  booking = areaHandler(bookings, async () => bookingDeps, bookingsRoutes);
  const own = meDeps(
    guarded(storeOn(names), ACCESS.me, names.private),
    world,
    async () => undefined,
    async () => 'a key of the tests',
  );
  mine = areaHandler(me, async () => own, meRoutes);
  await aSite(store);
  await aSite(store, { siteId: 'york', zone: 'Europe/London', pack: 'uk' });
  await aSite(store, { siteId: 'tulsa', zone: 'America/Chicago', pack: 'us' });
});
beforeEach(() => world.set(NOON));

const tattoo = (ended: string) => ({
  question: 'tattoo',
  answeredOn: TODAY,
  events: [{ code: 'tattoo-or-sharps', ended }],
});
const agree = (as: string, version = 0, key?: string) =>
  callRoute<{ given: boolean; version: number } & Problem>(handler, 'PUT /api/precheck/consents/{purpose}', {
    as,
    params: { purpose: 'health-answers' },
    body: { given: true, wording: CONSENT_WORDING['health-answers'], version },
    ...(key && { key }),
  });
const withdraw = (as: string, version: number, key?: string) =>
  callRoute<{ given: boolean; version: number } & Problem>(handler, 'PUT /api/precheck/consents/{purpose}', {
    as,
    params: { purpose: 'health-answers' },
    body: { given: false, wording: CONSENT_WORDING['health-answers'], version },
    ...(key && { key }),
  });
const save = (as: string, version: number, answers: unknown[], key?: string, siteId?: string) =>
  callRoute<Mine>(handler, 'PUT /api/precheck/answers', {
    as,
    body: { version, answers, ...(siteId && { siteId }) },
    ...(key && { key }),
  });
const look = (as: string, siteId?: string) =>
  callRoute<Mine>(handler, 'GET /api/precheck', { as, ...(siteId && { query: { siteId } }) });
const factsOf = async (personId: string) => (await createPeople(store).lock(personId))?.facts;
const book = async (as: string, date: string, procedure: 'whole-blood' | 'platelets' = 'whole-blood') => {
  const slot = await aSlot(store, { date, time: nextTime(), procedure });
  const answer = await callRoute<{ bookingId: string } & Problem>(booking, 'POST /api/bookings', {
    as,
    body: { slotId: slot.slotId },
  });
  return { ...answer, slot };
};
/** As the table counts: names and values, three bytes a list or map, one an element. */
const storedBytes = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return 1 + Math.ceil(String(value).length / 2);
  if (Array.isArray(value)) return 3 + value.reduce<number>((sum, it) => sum + 1 + storedBytes(it), 0);
  if (typeof value !== 'object' || value === null) return 1;
  return 3 + Object.entries(value).reduce((sum, [name, it]) => sum + 1 + name.length + storedBytes(it), 0);
};
let minutes = 0;
const nextTime = () => {
  minutes += 1;
  return `${String(6 + Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`;
};
const bookingOf = async (id: string) => await store.get<BookingItem>(keys.booking(id), { consistent: true });
const kept = async (personId: string) =>
  await store.get<AnswersItem>(keys.answers(personId), { table: 'private', consistent: true });

describe('the rules, for anybody', () => {
  const rules = async (query: Record<string, string>) =>
    await callRoute<{ zone: string; pack: { id: string; questions: unknown[]; units: { weight: string } } } & Problem>(
      handler,
      'GET /api/precheck/rules',
      { query },
    );

  it('are the pack in force at the site, all that decides, so that a page can decide by it as the service does', async () => {
    const { body } = await rules({ siteId: 'central' });
    // What the laboratory looks for decides what becomes of the blood, not who may give.
    const { honours: _, tests: _tests, ...all } = packFor('cn', TODAY);
    expect(body.pack).toEqual(all);
    expect((await rules({ siteId: 'tulsa' })).body).toMatchObject({
      zone: 'America/Chicago',
      pack: { id: 'us', units: { weight: 'lb' } },
    });
    const { tests: _ofUk, ...uk } = packFor('uk', TODAY);
    expect((await rules({ pack: 'uk' })).body.pack).toEqual(structuredClone(uk));
  });

  it('are none where there is no such site or pack', async () => {
    expect((await rules({ siteId: 'nowhere' })).body.code).toBe('not-found');
    expect((await rules({ pack: 'atlantis' })).body.code).toBe('not-found');
  });
});

describe('answers', () => {
  it('are not kept of who has not agreed, and keep nobody from booking', async () => {
    const person = await aPerson(store);
    expect((await save(person, 0, [tattoo('2026-10-01')])).body.code).toBe('consent-missing');
    expect(await kept(person)).toBeUndefined();
    expect((await book(person, '2026-12-20')).status).toBe(201);
  });

  it('of who has agreed are kept, and read back', async () => {
    const person = await aPerson(store);
    expect((await agree(person)).body).toMatchObject({ given: true, version: 1 });
    const { body } = await save(person, 0, [tattoo('2026-10-01')]);
    expect(body).toMatchObject({ packId: 'cn', version: 1, answers: [tattoo('2026-10-01')] });
    expect((await look(person)).body).toEqual(body);
    expect(body.facts['declared']).toEqual({ cn: { until: '2027-10-01' } });
  });

  it('put into the lock only the dates that follow, and into the table with a stream nothing else', async () => {
    const person = await aPerson(store);
    await agree(person);
    await save(person, 0, [
      tattoo('2026-10-01'),
      { question: 'medicines', answeredOn: TODAY, events: [{ code: 'aspirin' }] },
      { question: 'illness', answeredOn: TODAY, events: [] },
    ]);
    const item = await store.get<LockItem>(keys.lock(person), { consistent: true });
    expect(item?.declared).toEqual({ cn: '2027-10-01 p2026-11-28' });
    expect(await factsOf(person)).toMatchObject({
      declared: { cn: { until: '2027-10-01', untilFor: { platelets: '2026-11-28' } } },
    });
    const { items } = await store.query({ pk: keys.profile(person).pk });
    expect(JSON.stringify([item, items])).not.toMatch(/tattoo|aspirin|illness|medicines/);
  });

  it('are asked about by nobody else: a booking is refused without a word of why', async () => {
    const person = await aPerson(store);
    await agree(person);
    await save(person, 0, [tattoo('2026-10-01')]);
    const { body } = await book(person, '2027-09-30');
    expect(body.reasons).toMatchObject([{ code: 'own-answers', from: '2027-10-01' }]);
    expect(JSON.stringify(body)).not.toMatch(/tattoo|纹身/);
    expect((await book(person, '2027-10-01')).status).toBe(201);
    const { body: may } = await callRoute<{ procedures: { from: string }[] }>(mine, 'GET /api/me/eligibility', {
      as: person,
    });
    expect(may.procedures.map(({ from }) => from)).toEqual(['2027-10-01', '2027-10-01']);
  });

  it('release a live booking that no longer holds, with the same write', async () => {
    const person = await aPerson(store);
    const held = await book(person, '2026-12-20');
    await agree(person);
    expect((await save(person, 0, [tattoo('2026-11-01')])).status).toBe(200);
    expect(await bookingOf(held.body.bookingId)).toMatchObject({
      status: 'cancelled',
      cancelCause: 'no-longer-eligible',
    });
    expect((await createPeople(store).lock(person))?.commitments).toEqual([]);
    const [pool] = await createSlots(store).pools(held.slot.slotId, { consistent: true });
    expect(pool?.free).toBe(1);
  });

  it('leave a booking alone that still holds', async () => {
    const person = await aPerson(store);
    const held = await book(person, '2026-12-20');
    await agree(person);
    await save(person, 0, [
      { question: 'illness', answeredOn: TODAY, events: [{ code: 'cold-or-gastroenteritis' }] },
      { question: 'medicines', answeredOn: TODAY, events: [{ code: 'aspirin' }] },
    ]);
    expect((await bookingOf(held.body.bookingId))?.status).toBe('booked');
    expect((await createPeople(store).lock(person))?.commitments).toHaveLength(1);
  });

  it('and what staff recorded never overwrite each other', async () => {
    const person = await aPerson(store);
    const lock = await createPeople(store).lock(person);
    if (!lock) throw new Error('no lock');
    await store.transact([lockWrite(lock, { facts: applyDeferral(lock.facts, { until: '2027-01-15' }) })]);
    await agree(person);
    await save(person, 0, [tattoo('2026-11-01')]);
    expect(await factsOf(person)).toMatchObject({
      deferredUntil: '2027-01-15',
      declared: { cn: { until: '2027-11-01' } },
    });
    await save(person, 1, [{ question: 'tattoo', answeredOn: TODAY, events: [] }]);
    const facts = await factsOf(person);
    expect([facts?.deferredUntil, facts?.declared]).toEqual(['2027-01-15', undefined]);
  });

  it('for one country’s rules say nothing under another’s', async () => {
    const person = await aPerson(store);
    await agree(person);
    await save(person, 0, [tattoo('2026-11-01')]);
    const there = await look(person, 'york');
    expect(there.body).toMatchObject({ packId: 'uk', answers: [], version: 1 });
    expect((await save(person, 1, [], undefined, 'york')).body).toMatchObject({ packId: 'uk', version: 2 });
    expect((await look(person)).body).toMatchObject({ answers: [tattoo('2026-11-01')], version: 2 });
  });

  it('sent twice are kept once, and another’s word under the same key is refused', async () => {
    const person = await aPerson(store);
    await agree(person);
    const first = await save(person, 0, [tattoo('2026-11-01')], 'the-same-key');
    expect((await save(person, 0, [tattoo('2026-11-01')], 'the-same-key')).body).toEqual(first.body);
    expect((await save(person, 0, [], 'the-same-key')).body.code).toBe('idempotency-key-reused');
    expect((await save(person, 0, [])).body.code).toBe('changed-meanwhile');
  });

  it('of two tabs at once: one is kept, the other is told', async () => {
    const person = await aPerson(store);
    await agree(person);
    const both = await Promise.all([save(person, 0, [tattoo('2026-11-01')]), save(person, 0, [tattoo('2026-11-02')])]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await kept(person))?.version).toBe(1);
  });

  it('that cannot be are pointed out, field by field, without being repeated', async () => {
    const person = await aPerson(store);
    await agree(person);
    const { body } = await save(person, 0, [
      tattoo('2026-11-24'),
      { question: 'shoe-size', answeredOn: TODAY, events: [] },
      { question: 'illness', answeredOn: '2026-11-24', events: [] },
    ]);
    expect(body.code).toBe('invalid-input');
    expect(body.errors?.map(({ path }) => path)).toEqual([
      'answers.0.events.0.ended',
      'answers.1.question',
      'answers.2.answeredOn',
    ]);
    expect(JSON.stringify(body)).not.toMatch(/shoe|tattoo/);
  });

  it('are given on the local date of the site, not of the server', async () => {
    world.set('2026-11-23T20:00:00.000Z');
    const person = await aPerson(store);
    await agree(person);
    const tomorrow = { question: 'tattoo', answeredOn: '2026-11-24', events: [] };
    expect((await save(person, 0, [tomorrow])).status).toBe(200);
  });

  it('never come into a log line', async () => {
    world.lines.length = 0;
    const person = await aPerson(store);
    await agree(person);
    await save(person, 0, [tattoo('2026-11-01'), tattoo('2026-11-01')]);
    await save(person, 0, [tattoo('2026-11-01')]);
    expect(world.lines.length).toBeGreaterThan(2);
    expect(JSON.stringify(world.lines)).not.toMatch(/tattoo|2026-11-01/);
  });
});

describe('an agreement', () => {
  const consents = async (as: string) =>
    (
      await callRoute<{ items: { given: boolean; version: number; wording?: string; at?: string }[] }>(
        handler,
        'GET /api/precheck/consents',
        { as },
      )
    ).body.items;

  it('is not given until it is', async () => {
    expect(await consents(await aPerson(store))).toEqual([
      {
        purpose: 'health-answers',
        given: false,
        currentWording: CONSENT_WORDING['health-answers'],
        version: 0,
      },
    ]);
  });

  it('withdrawn takes the answers and what followed from them away, at once and for good', async () => {
    const person = await aPerson(store);
    await agree(person);
    await save(person, 0, [tattoo('2026-11-01')]);
    expect((await withdraw(person, 1)).body).toMatchObject({ given: false, version: 2 });
    expect(await kept(person)).toBeUndefined();
    expect((await factsOf(person))?.declared).toBeUndefined();
    expect((await book(person, '2026-12-20')).status).toBe(201);
    expect((await save(person, 0, [tattoo('2026-11-01')])).body.code).toBe('consent-missing');
  });

  it('keeps what was said before, with its words and its time', async () => {
    const person = await aPerson(store);
    await agree(person);
    world.set('2026-11-24T04:00:00.000Z');
    await withdraw(person, 1);
    const key = keys.consent(person, 'health-answers');
    const item = await store.get<ConsentItem>(key, { table: 'private', consistent: true });
    expect(item).toMatchObject({
      given: false,
      at: '2026-11-24T04:00:00.000Z',
      history: [{ given: true, wording: CONSENT_WORDING['health-answers'], at: NOON }],
    });
    expect(await consents(person)).toMatchObject([{ given: false, version: 2, at: '2026-11-24T04:00:00.000Z' }]);
  });

  it('is to the words of today, and from what was seen', async () => {
    const person = await aPerson(store);
    const old = { given: true, wording: '2020-01-01', version: 0 };
    const params = { purpose: 'health-answers' };
    const answer = await callRoute(handler, 'PUT /api/precheck/consents/{purpose}', { as: person, params, body: old });
    expect(answer.body.code).toBe('changed-meanwhile');
    expect((await agree(person, 3)).body.code).toBe('changed-meanwhile');
    const again = [await agree(person, 0, 'agree-once'), await agree(person, 0, 'agree-once')];
    expect(again.map(({ body }) => body.version)).toEqual([1, 1]);
    expect((await withdraw(person, 0, 'agree-once')).body.code).toBe('idempotency-key-reused');
  });

  it('and answers sent at the moment it is withdrawn: none is left behind', async () => {
    const input = { pack: packFor('cn', TODAY), on: TODAY };
    for (let n = 0; n < 12; n += 1) {
      const person = await aPerson(store);
      await agree(person);
      const engine = { store, clock: world.clock, random: world.random, packOf: () => input.pack };
      const idempotency = (key: string) => ({ key: `${key}-${n}`, input: key });
      await Promise.all([
        saveAnswers(engine, {
          ...input,
          personId: person,
          version: 0,
          answers: [tattoo('2026-11-01')],
          idempotency: idempotency('save'),
        }),
        setConsent(engine, {
          personId: person,
          purpose: 'health-answers',
          given: false,
          wording: 'x',
          version: 1,
          idempotency: idempotency('withdraw'),
        }),
      ]);
      expect([await kept(person), (await factsOf(person))?.declared]).toEqual([undefined, undefined]);
    }
  });
});

describe('a donation made elsewhere', () => {
  const declare = (as: string, more: object = {}, key?: string) =>
    callRoute<Declared>(handler, 'POST /api/precheck/elsewhere', {
      as,
      body: { date: '2026-10-01', procedure: 'whole-blood', volumeMl: 400, place: '邻市血站', ...more },
      ...(key && { key }),
    });
  const correct = (as: string, declaredId: string, version: number, more: object = {}) =>
    callRoute<Declared>(handler, 'PUT /api/precheck/elsewhere/{declaredId}', {
      as,
      params: { declaredId },
      body: { date: '2026-10-01', procedure: 'whole-blood', volumeMl: 400, version, ...more },
    });
  const remove = (as: string, declaredId: string, version: number, key?: string) =>
    callRoute<Declared>(handler, 'POST /api/precheck/elsewhere/{declaredId}/remove', {
      as,
      params: { declaredId },
      body: { version },
      ...(key && { key }),
    });
  const idOf = (answer: Answer<Declared>) => answer.body.items[0]?.declaredId ?? '';

  it('counts for intervals at once, and not as a donation of ours', async () => {
    const person = await aPerson(store);
    const answer = await declare(person);
    expect(answer.status).toBe(201);
    expect(answer.body.items).toMatchObject([{ date: '2026-10-01', volumeMl: 400, version: 1 }]);
    const refused = await book(person, '2027-03-31');
    expect(refused.body.reasons).toMatchObject([{ code: 'interval', from: '2027-04-01' }]);
    expect((await book(person, '2027-04-01')).status).toBe(201);
    const facts = await factsOf(person);
    expect([facts?.donations, facts?.repeatDonor]).toEqual([[], false]);
  });

  it('releases a live booking that it makes too early, and one taken back makes room again', async () => {
    const person = await aPerson(store);
    const held = await book(person, '2026-12-20');
    const answer = await declare(person);
    expect((await bookingOf(held.body.bookingId))?.status).toBe('cancelled');
    expect((await remove(person, idOf(answer), 1)).body.items).toEqual([]);
    expect((await factsOf(person))?.elsewhere).toBeUndefined();
    expect((await book(person, '2026-12-20')).status).toBe(201);
  });

  it('can be corrected, and the dates follow', async () => {
    const person = await aPerson(store);
    const id = idOf(await declare(person));
    const { body } = await correct(person, id, 1, { procedure: 'platelets', platelets: 1, volumeMl: 250 });
    expect(body.items).toMatchObject([{ declaredId: id, procedure: 'platelets', platelets: 1, version: 2 }]);
    expect((await factsOf(person))?.elsewhere).toEqual([
      { date: '2026-10-01', procedure: 'platelets', volumeMl: 250, platelets: 1 },
    ]);
    expect((await correct(person, id, 1)).body.code).toBe('changed-meanwhile');
    expect((await correct(person, '0'.repeat(24), 1)).body.code).toBe('not-found');
    expect((await remove(person, id, 1)).body.code).toBe('changed-meanwhile');
  });

  it('is declared once, however often it is sent, and taken back once', async () => {
    const person = await aPerson(store);
    const [first, second] = [await declare(person, {}, 'declare-1'), await declare(person, {}, 'declare-1')];
    expect(second.body).toEqual(first.body);
    expect((await declare(person, { volumeMl: 200 }, 'declare-1')).body.code).toBe('idempotency-key-reused');
    const gone = [await remove(person, idOf(first), 1, 'remove-1'), await remove(person, idOf(first), 1, 'remove-1')];
    expect(gone.map(({ status, body }) => [status, body.items])).toEqual([
      [200, []],
      [200, []],
    ]);
  });

  it('of the same day as another is not taken twice, also when both are sent at once', async () => {
    const person = await aPerson(store);
    const both = await Promise.all([declare(person), declare(person)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 400]);
    const regular = await aPerson(store, {
      facts: { donations: [{ date: '2026-10-01', procedure: 'whole-blood', volumeMl: 400 }], repeatDonor: true },
    });
    expect((await declare(regular)).body.errors).toMatchObject([{ path: 'date' }]);
  });

  it('that lies ahead, or has units that cannot be, is refused', async () => {
    const person = await aPerson(store);
    for (const more of [
      { date: '2026-11-24' },
      { platelets: 1 },
      { procedure: 'platelets' },
      { volumeMl: 20 },
      { date: '0001-01-01' },
    ]) {
      expect((await declare(person, more)).body.code).toBe('invalid-input');
    }
    expect((await declare(person, { date: TODAY })).status).toBe(201);
  });

  it('of long ago is kept in the list, and out of the lock', async () => {
    const person = await aPerson(store);
    expect((await declare(person, { date: '2019-05-01' })).body.items).toHaveLength(1);
    expect((await factsOf(person))?.elsewhere).toBeUndefined();
  });

  it('in any number leaves the lock below 1 KB', async () => {
    const given = Array.from({ length: 12 }, (_, n) => ({
      date: `2026-0${1 + Math.floor(n / 4)}-${10 + (n % 4) * 5}`,
      procedure: 'platelets' as const,
      volumeMl: 400,
      platelets: 2 as const,
    }));
    const person = await aPerson(store, {
      facts: { donations: given, repeatDonor: true, deferredUntil: '2026-12-01' },
    });
    for (let n = 0; n < 3; n += 1) {
      const { slotId } = await aSlot(store, {
        containerId: 'walk',
        date: `2026-12-0${n + 1}`,
        shift: 'guide',
        places: 99,
      });
      await callRoute(booking, 'POST /api/bookings', { as: person, body: { slotId } });
    }
    await agree(person);
    await save(person, 0, [
      tattoo('2026-11-01'),
      { question: 'medicines', answeredOn: TODAY, events: [{ code: 'aspirin' }] },
    ]);
    let last: Answer<Declared> | undefined;
    for (let n = 0; n < 40 && last?.body.code === undefined; n += 1) {
      const date = new Date(Date.parse('2026-04-01') + n * 5 * 86_400_000).toISOString().slice(0, 10);
      last = await declare(person, { date, procedure: 'platelets', platelets: 2 });
    }
    expect(last?.body.code).toBe('too-many-declared');
    const item = await store.get<LockItem>(keys.lock(person), { consistent: true });
    expect(item?.elsewhere?.length).toBeGreaterThan(12);
    expect(storedBytes(item)).toBeLessThan(1_024);
  });
});

describe('what a person declared', () => {
  it('is theirs to take along', async () => {
    const person = await aPerson(store);
    expect(await exportDeclared(store, person)).toEqual({ answers: {}, consents: [], donationsElsewhere: [] });
    await agree(person);
    await save(person, 0, [tattoo('2026-11-01')]);
    await callRoute(handler, 'POST /api/precheck/elsewhere', {
      as: person,
      body: { date: '2026-10-01', procedure: 'platelets', volumeMl: 250, platelets: 1, place: 'York' },
    });
    const all = await exportDeclared(store, person);
    expect(all).toMatchObject({
      answers: { cn: [tattoo('2026-11-01')] },
      consents: [{ purpose: 'health-answers', given: true, history: [] }],
      donationsElsewhere: [{ date: '2026-10-01', platelets: 1, place: 'York' }],
    });
  });
});
