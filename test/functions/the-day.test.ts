import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditItem, BookingItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { aPerson } from '../builders/people.ts';
import { aStation, type Station } from '../support/station.ts';

type Entry = {
  bookingId: string;
  status: string;
  version: number;
  step?: { at: string; by?: string; action: string; undoUntil?: string };
};
type Step = 'check-in' | 'begin' | 'undo';

const MINUTE = 60_000;
let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const step = async (what: Step, body: Record<string, unknown>, more: { as?: string; key?: string } = {}) =>
  await station.call<Entry>('donations', `POST /api/donations/${what}`, { body, ...more });
const booking = async (bookingId: string) =>
  (await station.store.get<BookingItem>(keys.booking(bookingId), { consistent: true })) as BookingItem;
const colleague = async (name: string) =>
  await aPerson(station.store, { name, roles: [{ role: 'staff', scope: 'central' }] });
const trail = async () =>
  (await station.store.query<AuditItem>({ pk: 'AUDIT#central#2026-11-23' })).items.map(({ action }) => action);

describe('a step of the board', () => {
  it('says who did it, since when it stands so, and until when it may be undone', async () => {
    const { bookingId } = await station.booked();
    const as = await colleague('李护士');
    const { status, body } = await step('check-in', { bookingId }, { as });
    expect([status, body.status]).toEqual([200, 'arrived']);
    expect(body.step).toEqual({
      at: '2026-11-23T02:00:00.000Z',
      by: '李护士',
      action: 'check-in',
      undoUntil: '2026-11-23T02:10:00.000Z',
    });
    const query = { siteId: 'central', date: '2026-11-23' };
    const listed = await station.call<{ items: Entry[] }>('donations', 'GET /api/donations/roster', { query });
    expect(listed.body.items).toMatchObject([{ bookingId, status: 'arrived', step: { by: '李护士' } }]);
  });

  it('goes from coming to giving to done, and nobody gives who has not come', async () => {
    const { bookingId } = await station.booked();
    expect((await step('begin', { bookingId })).body.code).toBe('wrong-state');
    await station.checkIn(bookingId);
    expect((await step('begin', { bookingId })).body.status).toBe('giving');
    expect((await step('begin', { bookingId })).body.code).toBe('wrong-state');
    expect((await station.complete(bookingId, station.newDin())).status).toBe(201);
    expect(await booking(bookingId)).toMatchObject({
      status: 'fulfilled',
      step: { action: 'complete', from: 'giving' },
    });
    expect(await trail()).toEqual(['donor-checked-in', 'donation-begun']);
  });

  it('is for staff of the site', async () => {
    const { bookingId } = await station.booked();
    await station.checkIn(bookingId);
    const as = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'elsewhere' }] });
    expect((await step('begin', { bookingId }, { as })).body.code).toBe('forbidden');
    expect((await step('undo', { bookingId, version: 2 }, { as })).body.code).toBe('forbidden');
  });

  it('is answered the same when it is sent twice', async () => {
    const { bookingId } = await station.booked();
    await station.checkIn(bookingId);
    const first = await step('begin', { bookingId }, { key: 'begin-once' });
    const again = await step('begin', { bookingId }, { key: 'begin-once' });
    expect(again).toEqual(first);
    expect((await booking(bookingId)).version).toBe(3);
  });
});

describe('undoing', () => {
  it('puts the booking back as a new write, with who did it, for ten minutes', async () => {
    const { bookingId } = await station.booked();
    await station.checkIn(bookingId);
    station.world.advance(10 * MINUTE);
    const as = await colleague('王护士');
    expect((await step('undo', { bookingId, version: 2 }, { as })).body).toMatchObject({
      status: 'booked',
      version: 3,
      step: { action: 'undo', by: '王护士' },
    });
    expect(await trail()).toEqual(['donor-checked-in', 'step-undone']);
    await station.checkIn(bookingId);
    station.world.advance(10 * MINUTE + 1);
    const late = await step('undo', { bookingId, version: 4 });
    expect([late.status, late.body.code]).toEqual([409, 'undo-over']);
    expect(await booking(bookingId)).toMatchObject({ status: 'arrived', version: 4 });
  });

  it('gives a begun donation back to where it was, and leaves a finished one alone', async () => {
    const { bookingId } = await station.booked();
    await station.checkIn(bookingId);
    await step('begin', { bookingId });
    expect((await step('undo', { bookingId, version: 3 })).body.status).toBe('arrived');
    // The undoing itself is not undone: whoever meant it does the step again.
    expect((await step('undo', { bookingId, version: 4 })).body.code).toBe('wrong-state');
    await station.complete(bookingId, station.newDin());
    expect((await step('undo', { bookingId, version: 5 })).body.code).toBe('wrong-state');
  });

  it('never takes back what a colleague did since', async () => {
    const { bookingId } = await station.booked();
    await station.checkIn(bookingId);
    await step('begin', { bookingId }, { as: await colleague('李护士') });
    expect((await step('undo', { bookingId, version: 2 })).body.code).toBe('changed-meanwhile');
    expect(await booking(bookingId)).toMatchObject({ status: 'giving' });
  });

  it('happens once when two staff ask for it at once, and a repeat of the one is told the same', async () => {
    const { bookingId } = await station.booked();
    await station.checkIn(bookingId);
    const staff = [await colleague('甲'), await colleague('乙')];
    const ask = async (n: number) =>
      await step('undo', { bookingId, version: 2 }, { as: staff[n] ?? '', key: `undo-by-${n}` });
    const answers = await Promise.all([ask(0), ask(1)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(await ask(winner)).toEqual(answers[winner]);
    expect(answers[1 - winner]?.body.code).toBe('changed-meanwhile');
    expect(await booking(bookingId)).toMatchObject({ status: 'booked', version: 3 });
  });

  it('ends in one state when a check-in’s undoing and the beginning meet', async () => {
    const { bookingId } = await station.booked();
    await station.checkIn(bookingId);
    const [undone, begun] = await Promise.all([step('undo', { bookingId, version: 2 }), step('begin', { bookingId })]);
    expect([undone.status, begun.status].toSorted()).toEqual([200, 409]);
    expect((await booking(bookingId)).status).toBe(begun.status === 200 ? 'giving' : 'booked');
  });

  it('tells the donor nothing: neither that they came, nor that they did not', async () => {
    const { donor, bookingId } = await station.booked();
    await station.settle();
    const before = await station.textsTo(donor);
    await station.checkIn(bookingId);
    await step('undo', { bookingId, version: 2 });
    await station.settle();
    expect(await station.textsTo(donor)).toEqual(before);
    expect((await station.messagesOf(donor)).map(({ template }) => template)).not.toContain('donation-changed');
  });
});
