import { beforeEach, describe, expect, it } from 'vitest';
import { passCodeOf } from '../../functions/runtime/booking-view.ts';
import { engineDeps } from '../../functions/runtime/common-deps.ts';
import type { AuditItem, BookingItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { markNoShow } from '../../shared/store/transactions/take-step.ts';
import { aPerson } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { callRoute } from '../support/api.ts';
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
    const { status, body } = await step('check-in', { bookingId, passCode: passCodeOf({ bookingId }) }, { as });
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

describe('who did not come', () => {
  // The day's only times run from 12:01 to 13:0x at the station, which is eight hours ahead.
  const OVER = '2026-11-23T06:30:00.000Z';
  const endOfDay = async (at = OVER) => {
    station.world.set(at);
    await station.tick();
  };
  const statusOf = async (bookingId: string) => (await booking(bookingId)).status;

  it('is marked an hour after the day’s last time, never before, never somebody who was checked in', async () => {
    const [came, gone, missed] = [await station.booked(), await station.booked(), await station.booked()];
    await station.checkIn(came.bookingId);
    const cancelled = { as: gone.donor, params: { bookingId: gone.bookingId }, body: {} };
    await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', cancelled);
    await endOfDay('2026-11-23T06:02:59.000Z');
    expect(await statusOf(missed.bookingId)).toBe('booked');
    await endOfDay('2026-11-23T06:03:00.000Z');
    const all = [came, gone, missed].map(async ({ bookingId }) => await statusOf(bookingId));
    expect(await Promise.all(all)).toEqual(['arrived', 'cancelled', 'noshow']);
    expect(await trail()).toEqual(['donor-checked-in', 'no-show-marked']);
  });

  it('is marked once when the job runs twice, also twice at once', async () => {
    const all = await Promise.all([1, 2, 3].map(async () => (await station.booked()).bookingId));
    station.world.set(OVER);
    await Promise.all([station.tick(), station.tick()]);
    await station.tick();
    for (const bookingId of all) expect(await booking(bookingId)).toMatchObject({ status: 'noshow', version: 2 });
    expect(await trail()).toEqual(['no-show-marked', 'no-show-marked', 'no-show-marked']);
  });

  it('is whoever nobody checked in: a check-in that meets the rule stands, whichever was first', async () => {
    const all = await Promise.all([1, 2, 3, 4, 5, 6].map(async () => (await station.booked()).bookingId));
    station.world.set(OVER);
    const [answers] = await Promise.all([
      Promise.all(all.map(async (bookingId) => await station.checkIn(bookingId))),
      station.tick(),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(all.map(() => 200));
    await station.tick();
    for (const bookingId of all) expect(await statusOf(bookingId)).toBe('arrived');
  });

  it('may come after all, that same day', async () => {
    const { bookingId } = await station.booked();
    await endOfDay();
    expect((await station.checkIn(bookingId)).body).toMatchObject({ status: 'arrived' });
    expect((await step('undo', { bookingId, version: 3 })).body).toMatchObject({ status: 'noshow' });
    station.world.set('2026-11-23T16:00:00.000Z');
    expect((await station.checkIn(bookingId)).body.code).toBe('wrong-state');
  });

  it('goes on with what was left when it stopped halfway, and with days that nobody looked at', async () => {
    const { bookingId } = await station.booked();
    await station.tick();
    // Three days later, in the small hours.
    await endOfDay('2026-11-25T19:00:00.000Z');
    expect(await statusOf(bookingId)).toBe('noshow');
    const job = await station.store.get<{ watermark: string }>(keys.job('no-shows.central'));
    expect(job?.watermark).toMatch(/^2026-11-25 /);
  });

  it('is looked for once more when the date is over, for times that were added in the evening', async () => {
    await station.booked();
    await endOfDay();
    const late = await aSlot(station.store, { date: '2026-11-23', time: '2200' });
    const donor = await aPerson(station.store);
    const made = await station.call<Entry>('bookings', 'POST /api/bookings', {
      as: donor,
      body: { slotId: late.slotId },
    });
    await endOfDay('2026-11-23T16:00:00.000Z');
    expect(await statusOf(made.body.bookingId)).toBe('noshow');
  });

  it('may be taken back for ten minutes, and is not marked again by the rule after that', async () => {
    const { bookingId } = await station.booked();
    await endOfDay();
    station.world.advance(5 * MINUTE);
    expect((await step('undo', { bookingId, version: 2 })).body.status).toBe('booked');
    await endOfDay('2026-11-23T16:30:00.000Z');
    expect(await statusOf(bookingId)).toBe('booked');
  });

  it('is nobody whose time is not over, whatever an older list says of it', async () => {
    const { bookingId } = await station.booked();
    const engine = engineDeps(station.store, station.world);
    expect(await markNoShow(engine, { bookingId, auditId: 'a1' })).toBe(false);
    station.world.set(OVER);
    expect(await markNoShow(engine, { bookingId, auditId: 'a2' })).toBe(true);
    expect(await markNoShow(engine, { bookingId, auditId: 'a3' })).toBe(false);
  });

  it('is told nothing by text', async () => {
    const { donor, bookingId } = await station.booked();
    await station.settle();
    const before = await station.textsTo(donor);
    await endOfDay();
    await station.settle();
    expect([await statusOf(bookingId), await station.textsTo(donor)]).toEqual(['noshow', before]);
  });
});

describe('the day as a file', () => {
  it('holds every line in the reader’s words, neutralised and without health data, and the look is recorded', async () => {
    const one = await station.booked({ name: '=HYPERLINK("http://x")', phone: '+8613912345678' });
    const two = await station.booked({ name: '林晓, 小姐' });
    await station.checkIn(one.bookingId);
    await station.checkIn(two.bookingId);
    const deferral = { bookingId: two.bookingId, reason: 'tattoo-or-sharps' };
    await station.call('donations', 'POST /api/donations/deferrals', { body: deferral });
    const query = { siteId: 'central', date: '2026-11-23' };
    const { raw } = await exported(query);
    const lines = raw.split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFF预约时间,姓名,/);
    expect(lines[1]).toContain(`12:01,"'=HYPERLINK(""http://x"")",5678,全血,已签到,10:00`);
    expect(lines[2]).toContain('"林晓, 小姐"');
    expect(lines[2]).toContain('已结束');
    expect(raw).not.toMatch(/tattoo|暂缓|139123/);
    expect(await trail()).toContain('site-roster-exported');
    const as = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'elsewhere' }] });
    expect((await exported(query, as)).status).toBe(403);
  });

  async function exported(query: Record<string, string>, as = station.staff) {
    const { status, body, headers } = await callRoute<string>(
      station.areas['donations'],
      'GET /api/donations/roster.csv',
      { as, query },
    );
    if (status === 200) expect(headers['content-disposition']).toBe('attachment; filename="roster.csv"');
    return { status, raw: body };
  }
});
