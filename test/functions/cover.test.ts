import { beforeAll, beforeEach, expect, it } from 'vitest';
import { bookingMessage } from '../../functions/events/common/announce-booking.ts';
import { render } from '../../shared/notify/templates.ts';
import { createBookings } from '../../shared/store/bookings.ts';
import { settleChange } from '../../shared/store/event-changes.ts';
import { keys } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { createSlots, takenOf } from '../../shared/store/slots.ts';
import { askCover, takeOver } from '../../shared/store/transactions/cover.ts';
import { anEventInput, aShiftInput } from '../builders/events.ts';
import { aPerson } from '../builders/people.ts';
import { twoOrganisations } from '../support/organisers.ts';
import { testWorld } from '../support/world.ts';

const START = '2026-11-23T02:00:00.000Z';
const world = testWorld(START);
let two: Awaited<ReturnType<typeof twoOrganisations>>;
beforeAll(async () => {
  two = await twoOrganisations(world);
});
beforeEach(() => world.set(START));

type View = { eventId: string; version: number; shifts: { slotId: string; free?: number; covers?: number }[] };
type Cover = { asked: boolean; open?: boolean; code?: string };
type Taken = { bookingId: string; status: string; reasons?: { code: string }[] };

/** A shift with one place, and who has it. */
async function held(more: object = {}, event: object = {}) {
  const { body } = await two.call<View>('POST /api/events', {
    body: anEventInput({ shifts: [aShiftInput({ places: 1, ...more })], ...event }),
  });
  const { eventId, version } = body;
  const shown = await two.call<View>('POST /api/events/{eventId}/publish', { params: { eventId }, body: { version } });
  const slotId = shown.body.shifts[0]?.slotId ?? '';
  const giver = await aPerson(two.store);
  const { bookingId } = (await two.signUp(giver, slotId)).body;
  return { eventId, slotId, giver, bookingId };
}
const ask = async (as: string, bookingId: string, open = true) =>
  await two.booking<Cover>('POST /api/bookings/{bookingId}/cover', { as, params: { bookingId }, body: { open } });
const take = async (as: string, slotId: string, more: { code?: string | undefined; key?: string } = {}) =>
  await two.booking<Taken>('POST /api/covers', {
    as,
    body: { slotId, ...(more.code && { code: more.code }) },
    ...(more.key && { key: more.key }),
  });
const codes = (answer: Awaited<ReturnType<typeof take>>) => answer.body.reasons?.map(({ code }) => code);
const holds = async (personId: string) =>
  (await createPeople(two.store).lock(personId))?.commitments.map(({ bookingId }) => bookingId);
const taken = async (slotId: string) => takenOf((await createSlots(two.store).whole(slotId))?.pools ?? []);

it('whoever cannot come asks, keeps the place until somebody takes it over, and then both are told', async () => {
  const { eventId, slotId, giver, bookingId } = await held();
  const other = await aPerson(two.store);
  expect(codes(await take(other, slotId))).toEqual(['cover-over']);
  expect((await ask(giver, bookingId)).body).toMatchObject({ asked: true, open: true });
  world.advance(2_000);
  const shown = await two.call<View>('GET /api/events/{eventId}', { params: { eventId } });
  expect(shown.body.shifts).toMatchObject([{ free: 0, covers: 1 }]);
  expect(await holds(giver)).toEqual([bookingId]);

  const { status, body } = await take(other, slotId, { key: 'take-over-1' });
  expect(status).toBe(201);
  expect((await take(other, slotId, { key: 'take-over-1' })).body.bookingId).toBe(body.bookingId);
  expect([await holds(giver), await holds(other), await taken(slotId)]).toEqual([[], [body.bookingId], 1]);

  const bookings = createBookings(two.store);
  const text = async (id: string) => {
    const booking = await bookings.get(id);
    const message =
      booking && bookingMessage(booking, 'https://nuanliu.example', new Date(world.clock.now()).toISOString());
    return message && render(message.template, 'zh', message.params);
  };
  expect(await text(bookingId)).toContain('已有人顶您');
  expect(await text(body.bookingId)).toContain('您已报名');
  // It is over, for whoever comes later and for who asked.
  expect(codes(await take(await aPerson(two.store), slotId))).toEqual(['cover-over']);
  const state = await two.booking<Cover>('GET /api/bookings/{bookingId}/cover', { as: giver, params: { bookingId } });
  expect(state.body).toEqual({ asked: false });
});

it('only who was sent the code may take over what is not open to anybody', async () => {
  const { slotId, giver, bookingId } = await held();
  const { code } = (await ask(giver, bookingId, false)).body;
  const other = await aPerson(two.store);
  expect(codes(await take(other, slotId))).toEqual(['cover-over']);
  expect(codes(await take(other, slotId, { code: '000000000000' }))).toEqual(['cover-over']);
  // Opened to anybody, the code that was sent is the same.
  expect((await ask(giver, bookingId, true)).body.code).toBe(code);
  expect((await take(other, slotId, { code })).status).toBe(201);
});

it('who takes over must be fit for the shift, past the close of sign-up too', async () => {
  const { slotId, giver, bookingId } = await held({ minAge: 18 }, { closesAtLocal: '2026-11-27T20:00' });
  await ask(giver, bookingId);
  const child = await aPerson(two.store, { facts: { birthDate: '2012-01-01' } });
  expect(codes(await take(child, slotId))).toEqual(['too-young']);
  expect(codes(await take(giver, slotId))).toEqual(['overlap']);
  // An hour before: too late to cancel by oneself, and still in time to be covered.
  world.set('2026-11-28T00:00:00.000Z');
  const closed = (await two.signUp(await aPerson(two.store), slotId)).body as unknown as Taken;
  expect(closed.reasons?.map(({ code }) => code)).toEqual(['sign-up-closed']);
  expect((await two.cancel(giver, bookingId)).status).toBe(409);
  expect((await take(await aPerson(two.store), slotId)).status).toBe(201);
  world.set('2026-11-28T01:00:00.000Z');
  const late = await held({ startsAtLocal: '2026-12-05T09:00', endsAtLocal: '2026-12-05T10:00' });
  world.set('2026-12-05T01:00:00.000Z');
  expect((await ask(late.giver, late.bookingId)).body).toMatchObject({ code: 'wrong-state' });
});

it('withdrawn, or with the booking cancelled, there is nothing to take over', async () => {
  const one = await held();
  await ask(one.giver, one.bookingId);
  const withdrawn = await two.booking<Cover>('POST /api/bookings/{bookingId}/cover/withdraw', {
    as: one.giver,
    params: { bookingId: one.bookingId },
    body: {},
  });
  expect(withdrawn.body).toEqual({ asked: false });
  expect(codes(await take(await aPerson(two.store), one.slotId))).toEqual(['cover-over']);

  const other = await held();
  await ask(other.giver, other.bookingId);
  await two.cancel(other.giver, other.bookingId);
  expect(codes(await take(await aPerson(two.store), other.slotId))).toEqual(['cover-over']);
  expect(await taken(other.slotId)).toBe(0);
});

it('five who take over one place at once: one has it, nobody else, and it is never lost', async () => {
  const { slotId, giver, bookingId } = await held();
  await ask(giver, bookingId);
  const people = await Promise.all(Array.from({ length: 5 }, async () => await aPerson(two.store)));
  const answers = await Promise.all(people.map(async (who) => await take(who, slotId)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  const having = await Promise.all(people.map(holds));
  expect([having.flat().length, await holds(giver), await taken(slotId)]).toEqual([1, [], 1]);
});

it('nobody is asked past those who wait, while there is time to ask them', async () => {
  const { slotId, giver, bookingId } = await held();
  await wait(slotId);
  const answer = await ask(giver, bookingId);
  expect((answer.body as unknown as Taken).reasons?.map(({ code }) => code)).toEqual(['others-wait']);
  // Somebody one knows is another thing.
  expect((await ask(giver, bookingId, false)).status).toBe(200);
});

/** As if somebody waited: the pool says so. */
const wait = async (slotId: string) => {
  const { pools } = (await createSlots(two.store).whole(slotId)) ?? { pools: [] };
  await two.store.put({ Item: { ...pools[0], ...keys.pool(slotId, 0), waits: true } });
};

it('nor is a place taken over past those who have come to wait since, until it is too late to ask them', async () => {
  const { slotId, giver, bookingId } = await held();
  const { code } = (await ask(giver, bookingId)).body;
  await wait(slotId);
  expect(codes(await take(await aPerson(two.store), slotId))).toEqual(['others-first']);
  world.set('2026-11-28T00:00:00.000Z');
  expect((await take(await aPerson(two.store), slotId)).status).toBe(201);

  world.set(START);
  const other = await held();
  const sent = (await ask(other.giver, other.bookingId)).body;
  await wait(other.slotId);
  expect(sent.code).not.toBe(code);
  expect((await take(await aPerson(two.store), other.slotId, { code: sent.code })).status).toBe(201);
});

it('of somebody who comes to wait at that very moment nobody is asked, or takes over, past them', async () => {
  // They come between what is read and what is written.
  const racing = (slotId: string) => {
    let came: Promise<unknown> | undefined;
    const transact: typeof two.store.transact = async (items) => {
      came ??= wait(slotId);
      await came;
      return await two.store.transact(items);
    };
    const store = { ...two.store, transact };
    return { store, clock: world.clock, random: world.random, packOf: () => undefined };
  };
  const idempotency = { key: 'at-that-moment', input: '' };
  const refused = (code: string) => ({ kind: 'refused', reasons: [{ code }] });
  const { slotId, bookingId } = await held();
  expect(await askCover(racing(slotId), { bookingId, open: true, code: 'x', idempotency })).toEqual(
    refused('others-wait'),
  );

  const asked = await held();
  await ask(asked.giver, asked.bookingId);
  const taker = { personId: await aPerson(two.store), slotId: asked.slotId, idempotency };
  expect(await takeOver(racing(asked.slotId), taker)).toEqual(refused('others-first'));
});

it('of a place that has moved to another time nobody is asked any more, and can be asked anew', async () => {
  const { eventId, giver, bookingId } = await held();
  await ask(giver, bookingId);
  const { organisationId: _, ...input } = anEventInput({
    shifts: [aShiftInput({ places: 1, startsAtLocal: '2026-11-28T13:00', endsAtLocal: '2026-11-28T15:00' })],
  });
  const changed = await two.call<View>('POST /api/events/{eventId}/changes', {
    params: { eventId },
    body: { ...input, scope: 'this', version: 2 },
  });
  expect(changed.status).toBe(200);
  await settleChange({ store: two.store, clock: world.clock, random: world.random }, eventId);
  const state = async () =>
    (await two.booking<Cover>('GET /api/bookings/{bookingId}/cover', { as: giver, params: { bookingId } })).body;
  expect(await state()).toEqual({ asked: false });
  expect((await ask(giver, bookingId)).body.asked).toBe(true);
  expect((await state()).asked).toBe(true);
});

it('is shown to who runs the event', async () => {
  const { eventId, giver, bookingId } = await held();
  await ask(giver, bookingId, false);
  const roster = await two.call<{ items: object[] }>('GET /api/events/{eventId}/roster', {
    params: { eventId },
    query: { date: '2026-11-28' },
  });
  expect(roster.body.items).toMatchObject([{ bookingId, seeksCover: true }]);
});
