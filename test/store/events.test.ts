import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DriveStep } from '../../shared/domain/drives.ts';
import { planShifts } from '../../shared/domain/events.ts';
import { packFor } from '../../shared/policy/index.ts';
import { ACCESS } from '../../shared/store/access.ts';
import type { Store } from '../../shared/store/client.ts';
import { createDrives, moveDrive } from '../../shared/store/drives.ts';
import { changeEvent, newChange, resumeChanges, settleChange } from '../../shared/store/event-changes.ts';
import {
  cancelEvent,
  cancelEventBookings,
  createEvents,
  draftEvent,
  newDraft,
  publishEvent,
  resumeCancellations,
} from '../../shared/store/events.ts';
import type { BookingItem, EventItem, OrganisationItem, SlotItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { createSlots } from '../../shared/store/slots.ts';
import { book } from '../../shared/store/transactions/book.ts';
import { cancel } from '../../shared/store/transactions/cancel.ts';
import { joinWait } from '../../shared/store/transactions/join-wait.ts';
import { moveLine } from '../../shared/store/transactions/move-line.ts';
import { reschedule } from '../../shared/store/transactions/reschedule.ts';
import { createWaits } from '../../shared/store/waits.ts';
import { anEventInput, anOrganisation, aShiftInput, type ShiftInput } from '../builders/events.ts';
import { aPerson } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { freshTables, storeOn } from '../support/engine.ts';
import { withFaults } from '../support/faults.ts';
import { guarded } from '../support/guard.ts';
import { testWorld } from '../support/world.ts';

const world = testWorld();
const clock = { now: world.clock.now, sleep: async () => await new Promise<void>((go) => setImmediate(go)) };
const chance = { clock, random: Math.random };
let store: Store;
/** The sweep that follows the stream and the one of each minute, each behind its own grants. */
let announcing: Store;
let ticking: Store;
let organisation: OrganisationItem;
let names: Awaited<ReturnType<typeof freshTables>>;
let guardedEvents: Store;

beforeAll(async () => {
  names = await freshTables();
  store = storeOn(names);
  announcing = guarded(storeOn(names), ACCESS.announce, names.private);
  guardedEvents = guarded(storeOn(names), ACCESS.events, names.private);
  ticking = guarded(storeOn(names), ACCESS.tick, names.private);
  organisation = await anOrganisation(store);
});

let made = 0;
const unique = () => {
  made += 1;
  return { key: `key-${made}`, input: `input-${made}` };
};
const engine = () => ({ ...chance, store, packOf: () => packFor('cn', '2026-12-01') });

async function anOpenEvent(shifts: Partial<ShiftInput>[] = [{}]): Promise<EventItem> {
  const input = anEventInput();
  const plan = planShifts(
    input.zone,
    shifts.map((shift) => aShiftInput(shift)),
  );
  if (!plan.ok) throw new Error('the shifts do not hold');
  const idempotency = unique();
  const now = new Date(clock.now()).toISOString();
  const eventId = `e${made}`;
  const draft = newDraft({ eventId, organisation, text: input, shifts: plan.shifts, now, idempotency });
  await draftEvent({ store, ...chance }, draft, idempotency);
  const answer = await publishEvent({ store, ...chance }, draft, { version: 1, idempotency: unique() });
  if (answer.kind !== 'done') throw new Error('the event was not published');
  return answer.event;
}

const slotOf = ({ shifts }: EventItem, n = 0) => shifts[n]?.slotId ?? '';
const signUp = (personId: string, slotId: string) => book(engine(), { personId, slotId, idempotency: unique() });
const callOff = (event: EventItem) => cancelEvent({ store, ...chance }, event, { version: 2, idempotency: unique() });
const sweep = ({ eventId }: EventItem) => cancelEventBookings(announcing, eventId, chance);
const bookingsOf = async (personId: string) =>
  (await store.query<BookingItem>({ pk: partitions.bookings(personId), consistent: true })).items;
const statusOf = async ({ eventId }: EventItem) => (await createEvents(store).get(eventId))?.status;
const slot = async (slotId: string) => await store.get<SlotItem>(keys.slot(slotId), { consistent: true });
const freeOf = async (slotId: string) =>
  (await createSlots(store).pools(slotId, { consistent: true })).reduce((sum, { free }) => sum + free, 0);

describe('publishing', () => {
  it('at the same instant by several colleagues opens the shifts once', async () => {
    const input = anEventInput();
    const plan = planShifts(input.zone, [aShiftInput({ places: 30 })]);
    if (!plan.ok) throw new Error('the shifts do not hold');
    const idempotency = unique();
    const now = new Date(clock.now()).toISOString();
    const draft = newDraft({ eventId: `e${made}`, organisation, text: input, shifts: plan.shifts, now, idempotency });
    await draftEvent({ store, ...chance }, draft, idempotency);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => publishEvent({ store, ...chance }, draft, { version: 1, idempotency: unique() })),
    );
    expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['done', 'wrong-state']));
    expect(await freeOf(draft.shifts[0]?.slotId ?? '')).toBe(30);
  });
});

describe('under conflicts, throttling and answers that are lost', () => {
  it('an event is drafted, published and called off once, whatever had to be tried again', async () => {
    const names = await freshTables();
    const calm = storeOn(names);
    const organisation = await anOrganisation(calm);
    const stormy = { ...chance, store: withFaults(storeOn(names), Math.random) };
    for (let n = 0; n < 8; n += 1) {
      const plan = planShifts('Asia/Shanghai', [aShiftInput({ places: 30 }), aShiftInput({ shiftId: 'tea' })]);
      if (!plan.ok) throw new Error('the shifts do not hold');
      const [drafting, publishing, calling] = [unique(), unique(), unique()];
      const now = new Date(clock.now()).toISOString();
      const text = anEventInput();
      const draft = newDraft({ eventId: `s${n}`, organisation, text, shifts: plan.shifts, now, idempotency: drafting });
      const read = async () => await createEvents(calm).get(draft.eventId);
      // As a caller does who got no answer: again, with the same key.
      const insist = async (act: (event: EventItem) => ReturnType<typeof publishEvent>) => {
        for (;;) {
          try {
            return await act((await read()) ?? draft);
          } catch (error) {
            if (!['TimeoutError', 'ThrottlingException', 'BusyError'].includes((error as Error).name)) throw error;
          }
        }
      };
      expect(await insist(() => draftEvent(stormy, draft, drafting))).toMatchObject({ kind: 'done' });
      const published = await insist((event) => publishEvent(stormy, event, { version: 1, idempotency: publishing }));
      expect(published).toMatchObject({ kind: 'done', event: { status: 'published', version: 2 } });
      expect((await createSlots(calm).day(draft.eventId, '2026-11-28')).map(({ free }) => free)).toEqual([30, 3]);
      const called = await insist((event) => cancelEvent(stormy, event, { version: 2, idempotency: calling }));
      expect(called).toMatchObject({ kind: 'done', event: { status: 'cancelling', version: 3 } });
      expect((await createSlots(calm).day(draft.eventId, '2026-11-28')).map(({ free }) => free)).toEqual([0, 0]);
    }
  });
});

describe('an event that is called off', () => {
  it('leaves nobody signed up, however sign-ups and the call crossed, and gives everyone their time back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 30 }),
        async (places, people, before) => {
          const event = await anOpenEvent([{ places }]);
          const volunteers = await Promise.all(Array.from({ length: people }, () => aPerson(store)));
          const [called, ...signed] = await Promise.all([
            // The call comes after some of the sign-ups have begun.
            (async () => {
              for (let n = 0; n < before; n += 1) await clock.sleep();
              const answer = await callOff(event);
              await sweep(event);
              return answer;
            })(),
            ...volunteers.map((personId) => signUp(personId, slotOf(event))),
          ]);
          expect(called.kind).toBe('done');
          const stood = signed.flatMap((answer) => (answer.kind === 'booked' ? [answer.booking] : []));

          world.advance(61_000);
          await sweep(event);
          await sweep(event);
          expect(await statusOf(event)).toBe('cancelled');
          const all = (await Promise.all(volunteers.map(bookingsOf))).flat();
          expect(all.filter(({ status }) => status !== 'cancelled')).toEqual([]);
          expect(all.map(({ bookingId }) => bookingId).sort()).toEqual(stood.map(({ bookingId }) => bookingId).sort());
          expect(all.every(({ cancelCause }) => cancelCause === 'event-cancelled')).toBe(true);
          expect(await freeOf(slotOf(event))).toBe(places);
          const locks = await Promise.all(volunteers.map((personId) => createPeople(store).lock(personId)));
          expect(locks.flatMap((lock) => lock?.commitments ?? [])).toEqual([]);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('stays “cancelling” for a minute, because the roster may lag, and is then closed with its shifts', async () => {
    const event = await anOpenEvent([{}, { shiftId: 'tea' }]);
    await signUp(await aPerson(store), slotOf(event));
    await callOff(event);
    expect((await slot(slotOf(event)))?.status).toBe('closing');
    expect(await sweep(event)).toEqual({ released: 1, finished: false });
    expect(await sweep(event)).toEqual({ released: 0, finished: false });
    world.advance(60_000);
    expect(await sweep(event)).toEqual({ released: 0, finished: true });
    expect(await statusOf(event)).toBe('cancelled');
    expect((await slot(slotOf(event, 1)))?.status).toBe('closed');
    expect(await sweep(event)).toEqual({ released: 0, finished: true });
  });

  it('is finished by the minute’s sweep although the first was killed at any point', async () => {
    const event = await anOpenEvent([{ places: 12 }]);
    const volunteers = await Promise.all(Array.from({ length: 12 }, () => aPerson(store)));
    for (const personId of volunteers) await signUp(personId, slotOf(event));
    await callOff(event);
    let left = 5;
    const dying: Store = {
      ...store,
      transact: async (items) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return await store.transact(items);
      },
    };
    await expect(cancelEventBookings(dying, event.eventId, chance)).rejects.toThrow('killed');
    const some = (await Promise.all(volunteers.map(bookingsOf))).flat().filter(({ status }) => status === 'booked');
    expect(some).toHaveLength(7);

    world.advance(61_000);
    await resumeCancellations(ticking, chance);
    await resumeCancellations(ticking, chance);
    const after = (await Promise.all(volunteers.map(bookingsOf))).flat().filter(({ status }) => status === 'booked');
    expect(after).toEqual([]);
    expect(await statusOf(event)).toBe('cancelled');
  });

  it('does not keep another from being swept when it fails', async () => {
    const [broken, other] = [await anOpenEvent(), await anOpenEvent()];
    await Promise.all([signUp(await aPerson(store), slotOf(broken)), signUp(await aPerson(store), slotOf(other))]);
    await callOff(broken);
    await callOff(other);
    const failing: Store = {
      ...store,
      query: async (input) => {
        if (input.pk.includes(broken.eventId)) throw new Error('broken');
        return await store.query(input);
      },
    };
    world.advance(61_000);
    await expect(resumeCancellations(failing, chance)).rejects.toThrow('some events');
    await resumeCancellations(failing, chance).catch(() => {});
    expect(await statusOf(other)).toBe('cancelled');
    expect(await statusOf(broken)).toBe('cancelling');
  });

  it('lets go of a booking the volunteer has moved to another event meanwhile', async () => {
    const [event, other] = [await anOpenEvent(), await anOpenEvent()];
    const volunteer = await aPerson(store);
    const answer = await signUp(volunteer, slotOf(event));
    if (answer.kind !== 'booked') throw new Error('not signed up');
    const { bookingId } = answer.booking;
    await callOff(event);
    const moved = await reschedule(engine(), { bookingId, slotId: slotOf(other), idempotency: unique() });
    expect(moved.kind).toBe('done');
    const late = await cancel(engine(), { bookingId, cause: 'event-cancelled', at: event.eventId });
    expect(late.kind).toBe('not-found');
    await sweep(event);
    expect(await bookingsOf(volunteer)).toMatchObject([{ status: 'booked', containerId: other.eventId }]);
  });

  it('answers a repeated call as the first, and takes no second one', async () => {
    const event = await anOpenEvent();
    const idempotency = unique();
    const first = await cancelEvent({ store, ...chance }, event, { version: 2, idempotency });
    const again = await cancelEvent({ store, ...chance }, event, { version: 2, idempotency });
    expect(again).toMatchObject(first);
    expect((await callOff(event)).kind).toBe('wrong-state');
  });
});

describe('a published event that is changed', () => {
  const onAt = async (event: EventItem, hour: string, places: number) => {
    const shift = { places, startsAtLocal: `2026-11-28T${hour}:00`, endsAtLocal: `2026-11-28T${hour}:30` };
    const plan = planShifts(event.zone, [aShiftInput(shift)]);
    if (!plan.ok) throw new Error('the shifts do not hold');
    const changeId = `change-${made}`;
    const targets = [{ eventId: event.eventId, date: '2026-11-28' }];
    return await changeEvent({ store, ...chance }, event.eventId, {
      plan: { text: anEventInput(), shifts: plan.shifts, signUp: {} },
      idempotency: unique(),
      also: [newChange({ changeId, targets, input: anEventInput(), by: 'p', at: new Date(clock.now()).toISOString() })],
    });
  };

  it('never loses a place nor fills one twice, however sign-ups, withdrawals and the change crossed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 4, max: 40 }),
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 12 }),
        async (places, early, late) => {
          const event = await anOpenEvent([{ places }]);
          const people = await Promise.all(Array.from({ length: early + late }, () => aPerson(store)));
          const first = await Promise.all(people.slice(0, early).map((personId) => signUp(personId, slotOf(event))));
          const [gone] = first.flatMap((answer) => (answer.kind === 'booked' ? [answer.booking] : []));
          const [changed] = await Promise.all([
            onAt(event, '15', places),
            ...people.slice(early).map((personId) => signUp(personId, slotOf(event))),
            ...(gone ? [cancel(engine(), { bookingId: gone.bookingId, cause: 'person', idempotency: unique() })] : []),
          ]);
          expect(changed.kind).toBe('done');
          // Two runs at once, as the stream's and the minute's may be.
          await Promise.all([
            settleChange({ store: announcing, ...chance }, event.eventId),
            settleChange({ store: ticking, ...chance }, event.eventId),
          ]);
          expect(await settleChange({ store: ticking, ...chance }, event.eventId)).toBe(true);
          const after = (await createEvents(store).get(event.eventId)) as EventItem;
          const live = (await Promise.all(people.map(bookingsOf))).flat().filter(({ status }) => status === 'booked');
          expect(live.every(({ slotId, startsAt }) => slotId === slotOf(after) && startsAt === after.startsAt)).toBe(
            true,
          );
          expect(await freeOf(slotOf(after))).toBe(places - live.length);
          expect(await freeOf(slotOf(event))).toBe(places);
          expect((await slot(slotOf(after)))?.status).toBe('open');
          expect((await slot(slotOf(event)))?.status).toBe('closed');
          const locks = await Promise.all(live.map(({ personId }) => createPeople(store).lock(personId)));
          expect(locks.map((lock) => lock?.commitments.map(({ slotId }) => slotId))).toEqual(
            live.map(() => [slotOf(after)]),
          );
        },
      ),
      { numRuns: 10 },
    );
  });

  it('is finished by the minute’s clock although the first run was killed at any point', async () => {
    const event = await anOpenEvent([{ places: 12 }]);
    const volunteers = await Promise.all(Array.from({ length: 8 }, () => aPerson(store)));
    for (const personId of volunteers) await signUp(personId, slotOf(event));
    await onAt(event, '16', 12);
    let left = 3;
    const dying: Store = {
      ...store,
      transact: async (items) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return await store.transact(items);
      },
    };
    await expect(settleChange({ store: dying, ...chance }, event.eventId)).rejects.toThrow('killed');
    await resumeChanges({ store: ticking, ...chance });
    const after = (await createEvents(store).get(event.eventId)) as EventItem;
    expect(after.changing).toBeUndefined();
    expect(await freeOf(slotOf(after))).toBe(4);
  });
});

describe('a blood drive', () => {
  const HOME = { siteId: 'central', name: { zh: '中心血站', en: 'Central station' } };
  const LATE = { shiftId: 'late', startsAtLocal: '2026-11-28T13:00', endsAtLocal: '2026-11-28T15:00', minimum: 1 };
  let sites = 0;
  /** Each at a site of its own, which nobody else is tied to. */
  const aHome = () => {
    sites += 1;
    return { ...HOME, siteId: `site${sites}` };
  };
  const step = async (event: EventItem, of: DriveStep, site: typeof HOME | undefined, version?: number) => {
    const now = await createEvents(store).get(event.eventId);
    return await moveDrive(
      { store, ...chance },
      {
        eventId: event.eventId,
        step: of,
        site,
        version: version ?? now?.version ?? 0,
        idempotency: unique(),
        audit: ({ eventId }) => ({
          Put: { Item: { ...keys.audit('drive', 'x', eventId, unique().key), kind: 'audit' } },
        }),
      },
    );
  };
  /** Two volunteers at least from nine to half past eleven, one from one to three. */
  const aDrive = async (more: Partial<ShiftInput>[] = [{ minimum: 2 }, LATE]) => {
    const [event, site] = [await anOpenEvent(more), aHome()];
    expect((await step(event, 'ask', site)).kind).toBe('done');
    expect((await step(event, 'agree', site)).kind).toBe('done');
    const at = async (time: string, places = 5) =>
      (await aSlot(store, { containerId: site.siteId, date: '2026-11-28', time, places })).slotId;
    return { event, site, at };
  };
  const gives = async (slotId: string, more: Partial<Parameters<typeof book>[1]> = {}, on = store) =>
    await book(
      { ...engine(), store: on },
      {
        personId: more.personId ?? (await aPerson(store)),
        slotId,
        idempotency: unique(),
        ...more,
      },
    );
  const short = (count: number) => ({ kind: 'refused', reasons: [{ code: 'volunteers-short', params: { count } }] });
  const leaves = async (answer: Awaited<ReturnType<typeof signUp>>) =>
    await cancel(engine(), { bookingId: answer.kind === 'booked' ? answer.booking.bookingId : '', cause: 'person' });

  it('offers a time only while the shifts beside it have their least, and never takes one back', async () => {
    const { event, at } = await aDrive();
    const [early, noon, afternoon] = [await at('1000'), await at('1200'), await at('1400')];
    expect(await gives(early)).toMatchObject(short(2));
    expect(await gives(afternoon)).toMatchObject(short(1));
    // Nobody serves at noon, and nobody has to.
    expect((await gives(noon)).kind).toBe('booked');

    const one = await signUp(await aPerson(store), slotOf(event));
    expect(await gives(early)).toMatchObject(short(1));
    await signUp(await aPerson(store), slotOf(event));
    const donor = await aPerson(store);
    const held = await gives(early, { personId: donor });
    expect(held.kind).toBe('booked');
    await leaves(one);
    expect((await bookingsOf(donor)).map(({ status }) => status)).toEqual(['booked']);
    expect(await gives(early)).toMatchObject(short(1));
    // Another time is a new place; staff, who are told why, may take it for somebody all the same.
    const bookingId = held.kind === 'booked' ? held.booking.bookingId : '';
    expect(await reschedule(engine(), { bookingId, slotId: afternoon, idempotency: unique() })).toMatchObject(short(1));
    const audit = { Put: { Item: { ...keys.audit('x', 'x', 'x', `drive-${made}`) } } };
    const desk = { by: 'staff', walkIn: false, audit };
    expect((await gives(early, { desk })).kind).toBe('booked');
  });

  it('that falls short between the look and the booking lets that one through, and nobody after it', async () => {
    const { event, at } = await aDrive([{ minimum: 1 }]);
    const slotId = await at('1000');
    const volunteer = await signUp(await aPerson(store), slotOf(event));
    const between = storeOn(names);
    let has = false;
    between.base.middlewareStack.add(
      (next, context) => async (args) => {
        if (context['commandName'] === 'TransactWriteItemsCommand' && !has) {
          has = true;
          expect((await leaves(volunteer)).kind).toBe('done');
        }
        return await next(args);
      },
      { step: 'initialize' },
    );
    expect((await gives(slotId, {}, between)).kind).toBe('booked');
    expect(has).toBe(true);
    expect(await gives(slotId)).toMatchObject(short(1));
  });

  it('asks nobody in line while it is short, keeps an offer that was made, and offers once it is not', async () => {
    const { event, site, at } = await aDrive([{ minimum: 1 }]);
    const slotId = await at('1000', 1);
    const volunteer = await signUp(await aPerson(store), slotOf(event));
    const [holder, first, second] = [await aPerson(store), await aPerson(store), await aPerson(store)];
    const held = await gives(slotId, { personId: holder });
    for (const personId of [first, second])
      expect((await joinWait(engine(), { personId, slotId, anyTime: false, idempotency: unique() })).kind).toBe('done');
    await leaves(volunteer);
    await cancel(engine(), { bookingId: held.kind === 'booked' ? held.booking.bookingId : '', cause: 'person' });
    const line = { containerId: site.siteId, date: '2026-11-28' };
    const move = async () => await moveLine({ ...engine(), store: ticking, quiet: () => undefined }, line);
    const standing = async () =>
      (await createWaits(store).ofDay(line)).waits
        .toSorted((a, b) => (a.joinedAt < b.joinedAt ? -1 : 1))
        .map(({ status }) => status)
        .sort();
    await move();
    expect(await standing()).toEqual(['waiting', 'waiting']);
    // The line is looked at again before long: nothing in it says that somebody has signed up.
    expect((await createWaits(store).ofDay(line)).line?.wakeAt).toBe(new Date(clock.now() + 2 * 60_000).toISOString());
    const again = await signUp(await aPerson(store), slotOf(event));
    await move();
    expect(await standing()).toEqual(['offered', 'waiting']);
    await leaves(again);
    await move();
    expect(await standing()).toEqual(['offered', 'waiting']);
  });

  it('is one a day at a site, and both sides have to want it', async () => {
    const { event, site } = await aDrive([{ minimum: 1 }]);
    const other = await anOpenEvent([{ minimum: 1 }]);
    expect(await step(other, 'ask', site)).toEqual({ kind: 'taken', dates: ['2026-11-28'] });
    const elsewhere = aHome();
    expect(await step(other, 'ask', elsewhere, 1)).toEqual({ kind: 'changed' });
    expect((await step(other, 'ask', elsewhere)).kind).toBe('done');
    const { slotId } = await aSlot(store, { containerId: elsewhere.siteId, date: '2026-11-28', time: '1000' });
    // Asked alone, it keeps nobody out; and staff of another site say nothing about it.
    expect((await step(other, 'agree', site)).kind).toBe('wrong-state');
    expect((await gives(slotId)).kind).toBe('booked');
    expect((await step(other, 'decline', elsewhere)).kind).toBe('done');
    expect((await createDrives(store).ofSite(elsewhere.siteId, '2026-11-28')).length).toBe(0);
    expect((await step(event, 'end', site)).kind).toBe('done');
    expect((await step(other, 'ask', site)).kind).toBe('done');
  });

  it('that is called off keeps its times back until the site ends the tie, and one that moves to another day is tied to none', async () => {
    const { event, site, at } = await aDrive([{ minimum: 1 }]);
    const slotId = await at('1000');
    await signUp(await aPerson(store), slotOf(event));
    const now = (await createEvents(store).get(event.eventId)) as EventItem;
    await cancelEvent({ store, ...chance }, now, { version: now.version, idempotency: unique() });
    await sweep(event);
    expect(await gives(slotId)).toMatchObject(short(1));
    expect((await step(event, 'end', site)).kind).toBe('done');
    expect((await gives(slotId)).kind).toBe('booked');

    const moving = await aDrive([{ minimum: 1 }]);
    const input = anEventInput();
    for (const [on, tied] of [
      ['2026-11-28T09:30', true],
      ['2026-11-29T09:30', false],
    ] as const) {
      const plan = planShifts(input.zone, [
        aShiftInput({ minimum: 1, startsAtLocal: on, endsAtLocal: on.replace('09:30', '12:00') }),
      ]);
      if (!plan.ok) throw new Error('the shifts do not hold');
      const answer = await changeEvent({ store: guardedEvents, ...chance }, moving.event.eventId, {
        plan: { text: input, shifts: plan.shifts, signUp: {} },
        idempotency: unique(),
      });
      expect([answer.kind, answer.kind === 'done' && answer.event.drive !== undefined]).toEqual(['done', tied]);
      await settleChange({ store: announcing, ...chance }, moving.event.eventId);
      const drive = await createDrives(store).ofDay(moving.site.siteId, '2026-11-28');
      expect(drive?.shifts.map(({ startsAt }) => startsAt)).toEqual(tied ? ['2026-11-28T01:30:00.000Z'] : undefined);
      await world.set(new Date(clock.now() + 61_000).toISOString());
      await settleChange({ store: announcing, ...chance }, moving.event.eventId);
    }
  });
});
