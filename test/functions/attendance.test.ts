import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeAttendance, markMissing } from '../../functions/events/tick/close-attendance.ts';
import { passCodeOf, passCodeOfPerson } from '../../functions/runtime/booking-view.ts';
import { localOf } from '../../shared/domain/local-time.ts';
import { passCode } from '../../shared/domain/pass-code.ts';
import type { AuditItem, BookingItem, ServiceItem, ShiftCodeItem } from '../../shared/store/items/index.ts';
import { keys, splitBookingId } from '../../shared/store/keys.ts';
import { createService } from '../../shared/store/service.ts';
import { anEventInput, anOrganisation, aShiftInput, type ShiftInput } from '../builders/events.ts';
import { aPerson } from '../builders/people.ts';
import { aSlot } from '../builders/places.ts';
import { allItems } from '../support/engine.ts';
import { aStation, type Station } from '../support/station.ts';

type Times = { startedAt: string; in: string; endedAt?: string; out?: string; minutes?: number };
type Line = {
  bookingId: string;
  status: string;
  version: number;
  attended?: Times;
  enteredLate: boolean;
  canUndo: boolean;
};
type Codes = { from: number; codes: string[] };
type Scanned = { seen: string; scannedAt: string; slotId: string; shiftId: string };
const ZONE = 'Asia/Shanghai';
const MINUTE = 60_000;

let station: Station;
let organiser: string;
let other: string;
let day = 0;
/** The local date of a test: each has a day of its own, and time only goes forward. */
let date = '';
beforeAll(async () => {
  station = await aStation();
  await anOrganisation(station.store);
  organiser = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
  other = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'others' }] });
});
beforeEach(() => {
  day += 1;
  date = new Date(Date.UTC(2026, 11, day)).toISOString().slice(0, 10);
  station.world.set(at('07:00'));
});

/** What of the clock's turn concerns volunteers. */
const tick = async () => {
  await closeAttendance(station.ticking);
  await markMissing(station.ticking);
};
/** The instant of a wall time in Shanghai that day. */
const at = (time: string): string => new Date(`${date}T${time}:00.000+08:00`).toISOString();
const now = (time: string): void => station.world.set(at(time));
const call = <T>(route: string, input: Parameters<Station['call']>[2]) =>
  station.call<T>('attendance', route, { as: organiser, ...input });

async function anEvent(more: Partial<ShiftInput> = {}, event: Record<string, unknown> = {}) {
  type View = { eventId: string; shifts: { slotId: string }[] };
  const shift = aShiftInput({ startsAtLocal: `${date}T09:00`, endsAtLocal: `${date}T11:30`, places: 3, ...more });
  const body = anEventInput({ shifts: [shift], ...event });
  const drafted = await station.call<View>('events', 'POST /api/events', { as: organiser, body });
  const params = { eventId: drafted.body.eventId };
  const shown = await station.call<View>('events', 'POST /api/events/{eventId}/publish', {
    as: organiser,
    params,
    body: { version: 1 },
  });
  return { params, slotId: shown.body.shifts[0]?.slotId ?? '' };
}
async function signedUp(slotId: string, as?: string) {
  const person = as ?? (await aPerson(station.store, { name: '周知远' }));
  const booking = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
    as: person,
    body: { slotId },
  });
  expect(booking.status).toBe(201);
  return { person, bookingId: booking.body.bookingId };
}
async function volunteer(more: Partial<ShiftInput> = {}, event: Record<string, unknown> = {}) {
  const { params, slotId } = await anEvent(more, event);
  return { params, slotId, ...(await signedUp(slotId)) };
}
type Of = { params: { eventId: string }; bookingId: string };
const tap = (of: Of, step: 'in' | 'out', time: string, more: object = {}) =>
  call<Line>('POST /api/events/{eventId}/attendance', {
    params: of.params,
    body: { bookingId: of.bookingId, step, at: time.length > 5 ? time : at(time) },
    ...more,
  });
const sheet = (of: Of, version: number, said: object, more: object = {}) =>
  call<Line>('POST /api/events/{eventId}/attendance/sheet', {
    params: of.params,
    body: { bookingId: of.bookingId, version, sheet: said },
    ...more,
  });
const codesOf = async (params: { eventId: string }, as = organiser) =>
  await call<Codes>('POST /api/events/{eventId}/codes', { as, params, body: { shiftId: 'guide' } });
const scan = async (params: { eventId: string }, code: string) =>
  await call<Scanned>('GET /api/here/{eventId}', { as: undefined as never, params, query: { code } });
const here = async (params: { eventId: string }, as: string, seen: string, step: string, more: object = {}) =>
  await call<{ status: string; bookingId: string; attended: Times }>('POST /api/here/{eventId}', {
    as,
    params,
    body: { seen, step },
    ...more,
  });
const recordsOf = async (personId: string): Promise<ServiceItem[]> =>
  await createService(station.store).ofPerson(personId);
const audited = async (action: string, { bookingId }: Of) =>
  (await allItems(station.names)).filter(
    (item) =>
      (item as AuditItem).kind === 'audit' &&
      (item as AuditItem).action === action &&
      (item as AuditItem).subjects?.includes(bookingId.split('_')[0] ?? ''),
  ) as AuditItem[];

describe('an organiser', () => {
  it('checks a volunteer in and out by a tap, which makes one record of what they worked', async () => {
    const one = await volunteer({}, { category: undefined });
    now('08:55');
    expect((await tap(one, 'in', '08:55')).body).toMatchObject({
      status: 'arrived',
      attended: { in: 'tap', startedAt: at('08:55') },
    });
    expect(await recordsOf(one.person)).toEqual([]);
    now('11:05');
    expect((await tap(one, 'out', '11:05')).body).toMatchObject({ status: 'fulfilled', attended: { minutes: 125 } });
    expect(await recordsOf(one.person)).toMatchObject([
      {
        organisationId: 'helpers',
        eventId: one.params.eventId,
        bookingId: one.bookingId,
        category: 'community',
        date,
        startedAt: at('08:55'),
        endedAt: at('11:05'),
        minutes: 125,
        how: { in: 'tap', out: 'tap' },
        version: 1,
      },
    ]);
    expect(await audited('volunteer-checked-out', one)).toMatchObject([{ by: organiser, change: { minutes: 125 } }]);
  });

  it('scans the pass, and a pass of somebody else checks nobody in', async () => {
    const one = await volunteer();
    const two = await volunteer({ shiftId: 'guide' }, { title: { zh: '另一个', en: 'Another' } });
    now('09:00');
    const scanned = (bookingId: string, passCode: string) =>
      call<Line>('POST /api/events/{eventId}/attendance', {
        params: one.params,
        body: { bookingId, step: 'in', at: at('09:00'), passCode },
      });
    expect((await scanned(one.bookingId, passCodeOf(two))).body).toMatchObject({ code: 'pass-of-another' });
    expect((await scanned(two.bookingId, passCodeOf(two))).status).toBe(404);
    expect((await scanned(one.bookingId, `NUANLIU:${passCodeOf(one)}`)).body).toMatchObject({
      attended: { in: 'pass' },
    });
  });

  it('reads the one pass that a site’s desk reads too, pictures kept from before, and that of a record that became this one', async () => {
    const one = await volunteer();
    now('07:00');
    const donation = await aSlot(station.store, { date, time: '1300' });
    const gives = await station.call<{ bookingId: string; passCode: string }>('bookings', 'POST /api/bookings', {
      as: one.person,
      body: { slotId: donation.slotId },
    });
    const mine = await station.call<{ passCode: string }>('me', 'GET /api/me', { as: one.person });
    expect(mine.body.passCode).toBe(gives.body.passCode);
    const found = await station.call<{ items: { bookingId: string }[] }>('donations', 'GET /api/donations/pass', {
      query: { siteId: 'central', date, code: mine.body.passCode },
    });
    expect(found.body.items.map(({ bookingId }) => bookingId)).toEqual([gives.body.bookingId]);
    now('09:00');
    const own = async (passCode: string) =>
      await call<Line>('POST /api/events/{eventId}/attendance', {
        params: one.params,
        body: { bookingId: one.bookingId, step: 'in', at: at('09:00'), passCode },
      });
    const former = passCode(splitBookingId(one.bookingId).suffix);
    expect((await own(passCodeOfPerson('gone'))).body).toMatchObject({ code: 'pass-of-another' });
    const booking = (await station.store.get<BookingItem>(keys.booking(one.bookingId), {
      consistent: true,
    })) as BookingItem;
    await station.store.put({ Item: { ...keys.booking(one.bookingId), ...booking, carriedFrom: 'gone' } });
    const { body } = await call<{ items: { passCode: string; formerCodes: string[] }[] }>(
      'GET /api/events/{eventId}/attendance',
      { params: one.params, query: { date } },
    );
    expect(body.items).toMatchObject([
      { passCode: mine.body.passCode, formerCodes: [former, passCodeOfPerson('gone')] },
    ]);
    for (const code of [mine.body.passCode, former, passCodeOfPerson('gone')])
      expect((await own(code)).status).toBe(200);
  });

  it('whose line was dead is believed for the time of the tap, whichever order and however often it is sent', async () => {
    const one = await volunteer();
    // Tapped at nine and at eleven; heard of at a quarter to twelve, twice each.
    now('11:45');
    const send = async (step: 'in' | 'out', time: string) => [
      await tap(one, step, time, { key: `kept-on-the-device-${step}` }),
      await tap(one, step, time, { key: `kept-on-the-device-${step}` }),
    ];
    for (const { body } of await send('in', '09:02')) expect(body).toMatchObject({ status: 'arrived' });
    for (const { body } of await send('out', '11:00')) expect(body).toMatchObject({ attended: { minutes: 118 } });
    expect(await recordsOf(one.person)).toHaveLength(1);
    expect(await audited('volunteer-checked-in', one)).toHaveLength(1);
  });

  it('agrees with another who tapped the same name: the first stands, and the second is told how it stands', async () => {
    const both = await volunteer();
    const one = await volunteer();
    now('09:10');
    await tap(one, 'in', '09:00', { key: 'the-first-tap' });
    expect((await tap(one, 'in', '09:05', { key: 'the-second-tap' })).body).toMatchObject({
      attended: { startedAt: at('09:00') },
    });
    await tap(one, 'out', '09:08', { key: 'the-third-tap' });
    const last = await tap(one, 'out', '09:10', { key: 'the-fourth-tap' });
    expect(last.body).toMatchObject({ attended: { endedAt: at('09:08'), minutes: 8 } });
    now('09:20');
    await Promise.all([tap(both, 'in', '09:15'), tap(both, 'in', '09:16')]);
    await Promise.all([tap(both, 'out', '09:18'), tap(both, 'out', '09:19')]);
    expect(await recordsOf(both.person)).toHaveLength(1);
  });

  it('takes a slip back within ten minutes, and with it the record', async () => {
    const one = await volunteer();
    now('09:00');
    const undo = async (version: number) =>
      await call<Line>('POST /api/events/{eventId}/attendance/undo', {
        params: one.params,
        body: { bookingId: one.bookingId, version },
      });
    const came = (await tap(one, 'in', '09:00')).body;
    expect(came.canUndo).toBe(true);
    const back = (await undo(came.version)).body;
    expect(back).toMatchObject({ status: 'booked' });
    expect(back.attended).toBeUndefined();
    await tap(one, 'in', '09:00');
    const left = (await tap(one, 'out', '09:00')).body;
    now('09:10');
    expect((await undo(left.version - 1)).body).toMatchObject({ code: 'changed-meanwhile' });
    expect((await undo(left.version)).body).toMatchObject({ status: 'arrived', attended: { startedAt: at('09:00') } });
    expect(await recordsOf(one.person)).toEqual([]);
    const again = (await tap(one, 'out', '09:10')).body;
    expect(again).toMatchObject({ attended: { minutes: 10 } });
    now('09:21');
    expect((await undo(again.version)).body).toMatchObject({ code: 'undo-over' });
    expect(await recordsOf(one.person)).toHaveLength(1);
  });

  it('who was withdrawn, or runs another event, is refused, and nothing is written', async () => {
    const one = await volunteer();
    now('09:00');
    for (const as of [other, one.person]) expect((await tap(one, 'in', '09:00', { as })).status).toBe(403);
    const gone = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
    const { codes } = (await codesOf(one.params, gone)).body;
    await station.store.transact([{ Delete: { Key: keys.role(gone, 'organiser', 'helpers') } }]);
    expect((await tap(one, 'in', '09:00', { as: gone })).body).toMatchObject({ code: 'forbidden' });
    // Nor does the code that is still on their phone let anybody in.
    expect((await scan(one.params, codes[0] ?? '')).body).toMatchObject({ code: 'code-over' });
    const after = await station.store.get<BookingItem>(keys.booking(one.bookingId), { consistent: true });
    expect(after).toMatchObject({ status: 'booked' });
  });

  it('checks nobody in hours before or after the shift, nor whoever has given their place back', async () => {
    const one = await volunteer({ startsAtLocal: `${date}T13:00`, endsAtLocal: `${date}T14:00` });
    now('10:59');
    expect((await tap(one, 'in', '10:59')).body).toMatchObject({ code: 'shift-not-begun' });
    await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', {
      as: one.person,
      params: { bookingId: one.bookingId },
      body: {},
    });
    now('13:00');
    expect((await tap(one, 'in', '13:00')).body).toMatchObject({ code: 'wrong-state' });
    const two = await volunteer({ startsAtLocal: `${date}T13:30`, endsAtLocal: `${date}T14:00` });
    now('14:00');
    expect((await tap(two, 'in', '14:00')).body).toMatchObject({ code: 'shift-over' });
  });
});

describe('a sheet of paper', () => {
  it('is entered afterwards and marked so, by wall times, also of who was noted as missing', async () => {
    const one = await volunteer();
    now('12:31');
    await tick();
    const [line] = await listOf(one.params);
    expect(line).toMatchObject({ status: 'noshow' });
    const came = { kind: 'came', startedAtLocal: `${date}T09:05`, endedAtLocal: `${date}T11:30` };
    expect((await sheet(one, 99, came)).body).toMatchObject({ code: 'changed-meanwhile' });
    const entered = await sheet(one, line?.version ?? 0, came);
    expect(entered.body).toMatchObject({
      status: 'fulfilled',
      enteredLate: true,
      attended: { in: 'paper', out: 'paper', minutes: 145 },
    });
    expect(await recordsOf(one.person)).toMatchObject([{ how: { in: 'paper', out: 'paper' }, minutes: 145 }]);
    const wrong = { ...came, startedAtLocal: `${date}T11:00`, endedAtLocal: `${date}T10:00` };
    const refused = await sheet(one, entered.body.version, wrong);
    expect(refused.body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'body.sheet.endedAtLocal' }] });
  });

  it('puts right what was recorded, or that nobody came after all; what it was stays on record', async () => {
    const one = await volunteer();
    now('09:00');
    await tap(one, 'in', '09:00');
    now('12:31');
    await tick();
    const [closed] = await listOf(one.params);
    expect(closed).toMatchObject({ status: 'fulfilled', attended: { out: 'rule', minutes: 150 } });
    const times = { kind: 'came', startedAtLocal: localOf(at('09:00'), ZONE), endedAtLocal: `${date}T10:00` };
    const mended = await sheet(one, closed?.version ?? 0, times);
    expect(mended.body.attended).toEqual({
      in: 'tap',
      startedAt: at('09:00'),
      out: 'paper',
      endedAt: at('10:00'),
      minutes: 60,
    });
    expect(await recordsOf(one.person)).toMatchObject([{ minutes: 60, how: { in: 'tap', out: 'paper' }, version: 2 }]);
    expect(await audited('attendance-entered', one)).toMatchObject([
      { by: organiser, change: { was: expect.stringContaining(`${at('11:30')} rule`) } },
    ]);
    const none = await sheet(one, mended.body.version, { kind: 'absent' });
    expect(none.body).toMatchObject({ status: 'noshow' });
    expect(none.body.attended).toBeUndefined();
    expect(await recordsOf(one.person)).toEqual([]);
  });
});

it('putting right one time of a line leaves the other as it was timed, to the second', async () => {
  const one = await volunteer();
  const two = { params: one.params, ...(await signedUp(one.slotId)) };
  now('09:00');
  station.world.advance(37_000);
  const came = new Date(Date.parse(at('09:00')) + 37_000).toISOString();
  await tap(one, 'in', came);
  now('11:00');
  station.world.advance(37_000);
  const left = new Date(Date.parse(at('11:00')) + 37_000).toISOString();
  const timed = (await tap(one, 'out', left)).body;
  const asShown = { kind: 'came', startedAtLocal: `${date}T09:00`, endedAtLocal: `${date}T11:00` };
  const later = await sheet(one, timed.version, { ...asShown, endedAtLocal: `${date}T10:59` });
  expect(later.body.attended).toMatchObject({ startedAt: came, in: 'tap', endedAt: at('10:59'), out: 'paper' });
  await tap(two, 'in', came);
  const other = (await tap(two, 'out', left)).body;
  const sooner = await sheet(two, other.version, { ...asShown, startedAtLocal: `${date}T09:10` });
  expect(sooner.body.attended).toMatchObject({ startedAt: at('09:10'), in: 'paper', endedAt: left, out: 'tap' });
});

const listOf = async (params: { eventId: string }) =>
  (await call<{ items: Line[] }>('GET /api/events/{eventId}/attendance', { params, query: { date } })).body.items;

describe('the rule', () => {
  it('closes what was forgotten an hour after the shift, once, and gives way to who saw them go', async () => {
    const one = await volunteer();
    const two = { params: one.params, ...(await signedUp(one.slotId)) };
    now('09:00');
    for (const each of [one, two]) await tap(each, 'in', '09:00');
    now('12:29');
    await tick();
    expect(await recordsOf(one.person)).toEqual([]);
    now('12:31');
    await Promise.all([tick(), tick()]);
    await tick();
    expect(await recordsOf(one.person)).toMatchObject([
      { endedAt: at('11:30'), minutes: 150, how: { in: 'tap', out: 'rule' }, version: 1 },
    ]);
    expect(await audited('volunteer-checked-out', one)).toMatchObject([{ by: 'rule' }]);
    // Kept on a device since half past ten.
    now('12:40');
    expect((await tap(one, 'out', '10:30')).body).toMatchObject({ attended: { out: 'tap', minutes: 90 } });
    expect(await recordsOf(one.person)).toMatchObject([{ minutes: 90, how: { out: 'tap' }, version: 2 }]);
    // Whoever says so of a time after that says no more than the rule did.
    now('12:50');
    expect((await tap(two, 'out', '12:45')).body).toMatchObject({ attended: { out: 'rule', minutes: 150 } });
  });

  it('closes also whose coming was heard of only after it had passed', async () => {
    const one = await volunteer();
    now('12:31');
    await tick();
    expect((await tap(one, 'in', '09:00')).body).toMatchObject({ status: 'arrived' });
    await tick();
    expect(await recordsOf(one.person)).toMatchObject([{ how: { in: 'tap', out: 'rule' }, minutes: 150 }]);
  });

  it('counts a shift over midnight by the minute', async () => {
    const next = new Date(Date.parse(`${date}T00:00:00Z`) + 24 * 60 * MINUTE).toISOString().slice(0, 10);
    const one = await volunteer({ startsAtLocal: `${date}T22:00`, endsAtLocal: `${next}T02:00` });
    now('22:00');
    await tap(one, 'in', '22:00');
    station.world.advance((5 * 60 + 1) * MINUTE);
    await tick();
    expect(await recordsOf(one.person)).toMatchObject([{ date, minutes: 240, how: { out: 'rule' } }]);
    day += 1;
  });

  it('puts a shift that begins after midnight under its own date, also where somebody comes before that', async () => {
    const next = new Date(Date.parse(`${date}T00:00:00Z`) + 24 * 60 * MINUTE).toISOString().slice(0, 10);
    const one = await volunteer({ startsAtLocal: `${next}T00:30`, endsAtLocal: `${next}T02:00` });
    now('23:50');
    await tap(one, 'in', '23:50');
    station.world.advance(190 * MINUTE + 1);
    await tick();
    expect(await recordsOf(one.person)).toMatchObject([{ date: next, startedAt: at('23:50'), minutes: 90 }]);
    day += 1;
  });

  it('counts the hour that clocks repeat', async () => {
    date = '2027-04-03';
    day = 123;
    station.world.set('2027-04-03T12:00:00.000Z');
    const night = { startsAtLocal: '2027-04-03T22:00', endsAtLocal: '2027-04-04T02:00' };
    const one = await volunteer(night, { zone: 'America/Santiago' });
    station.world.set('2027-04-04T01:00:00.000Z');
    await tap(one, 'in', '2027-04-04T01:00:00.000Z');
    station.world.advance(7 * 60 * MINUTE);
    await tick();
    expect(await recordsOf(one.person)).toMatchObject([{ date: '2027-04-03', minutes: 300 }]);
  });
});

describe('the code that an organiser shows', () => {
  it('checks in whoever scans it while it is shown, from when they scanned, however long signing in takes', async () => {
    const one = await volunteer();
    now('09:00');
    const { codes } = (await codesOf(one.params)).body;
    const seen = await scan(one.params, codes[0] ?? '');
    expect(seen.body).toMatchObject({ slotId: one.slotId, shiftId: 'guide' });
    station.world.advance(9 * MINUTE);
    const came = await here(one.params, one.person, seen.body.seen, 'in');
    expect(came.body).toMatchObject({ status: 'arrived', attended: { in: 'code', startedAt: at('09:00') } });
    // Twice does nothing twice, and never checks them out again.
    expect((await here(one.params, one.person, seen.body.seen, 'in')).body).toMatchObject({ status: 'arrived' });
    now('11:30');
    const later = (await codesOf(one.params)).body;
    const end = await scan(one.params, later.codes[0] ?? '');
    expect((await here(one.params, one.person, end.body.seen, 'out')).body).toMatchObject({
      status: 'fulfilled',
      attended: { out: 'code', minutes: 150 },
    });
  });

  it('checks nobody out who presses again, or scans again a moment after they came', async () => {
    const one = await volunteer();
    const two = { params: one.params, ...(await signedUp(one.slotId)) };
    now('09:00');
    const { seen } = (await scan(one.params, (await codesOf(one.params)).body.codes[0] ?? '')).body;
    const came = await here(one.params, one.person, seen, 'in', { key: 'the-answer-was-lost' });
    expect(await here(one.params, one.person, seen, 'out', { key: 'pressed-once-more' })).toEqual(came);
    now('09:04');
    const again = (await scan(one.params, (await codesOf(one.params)).body.codes[0] ?? '')).body;
    expect(again.scannedAt).toBe(at('09:04'));
    expect((await here(one.params, one.person, again.seen, 'out')).body).toEqual(came.body);
    expect(await recordsOf(one.person)).toEqual([]);
    // Whom the organiser sees go has gone.
    expect((await tap(one, 'out', '09:04')).body).toMatchObject({ status: 'fulfilled', attended: { minutes: 4 } });
    await here(one.params, two.person, again.seen, 'in');
    now('09:09');
    const later = (await scan(one.params, (await codesOf(one.params)).body.codes[0] ?? '')).body;
    expect((await here(one.params, two.person, later.seen, 'out')).body).toMatchObject({
      status: 'fulfilled',
      attended: { minutes: 5 },
    });
  });

  it('replayed from a photo is refused a minute later, and so is one of another shift or one that was made up', async () => {
    const one = await volunteer();
    const two = await volunteer({}, { title: { zh: '另一个', en: 'Another' } });
    now('09:00');
    const { codes } = (await codesOf(one.params)).body;
    const photo = codes[0] ?? '';
    station.world.advance(59_000);
    expect((await scan(one.params, photo)).status).toBe(200);
    station.world.advance(1_000);
    expect((await scan(one.params, photo)).body).toMatchObject({ code: 'code-over' });
    // What the page was handed for later is not yet good.
    expect((await scan(one.params, codes[3] ?? '')).body).toMatchObject({ code: 'code-over' });
    expect((await scan(two.params, codes[2] ?? '')).body).toMatchObject({ code: 'code-over' });
    const turned = (codes[2] ?? '').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await scan(one.params, turned)).body).toMatchObject({ code: 'code-over' });
    const seen = (await scan(one.params, codes[2] ?? '')).body.seen;
    station.world.advance(10 * MINUTE + 1);
    expect((await here(one.params, one.person, seen, 'in')).body).toMatchObject({ code: 'code-over' });
    const forged = seen.replace(/\.[^.]+\./, `.${station.world.clock.now().toString(36)}.`);
    expect((await here(one.params, one.person, forged, 'in')).body).toMatchObject({ code: 'code-over' });
    // Nor is anything else that somebody may put there, of whatever letters.
    const proof = '码'.repeat(seen.split('.')[2]?.length ?? 0);
    const foreign = seen.replace(/[^.]+$/, proof);
    expect((await here(one.params, one.person, foreign, 'in')).body).toMatchObject({ code: 'code-over' });
    for (const wrong of [`${photo.slice(0, 8)}${'码'.repeat(10)}`, photo.toLowerCase(), 'aaaaaa'])
      expect((await scan(one.params, wrong)).body).toMatchObject({ code: 'invalid-input' });
  });

  it('is known an hour ahead to the page that shows it, the same however often it asks, and to no other', async () => {
    const { params } = await anEvent();
    expect((await codesOf(params)).status).toBe(200);
    const [a, b] = [(await codesOf(params)).body, (await codesOf(params)).body];
    expect(a.codes).toHaveLength(120);
    expect(b).toEqual(a);
    expect(new Set(a.codes).size).toBe(120);
    const helper = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
    expect((await codesOf(params, helper)).body.codes).not.toContain(a.codes[0]);
    const made = (await allItems(station.names)) as ShiftCodeItem[];
    const seeds = made.flatMap(({ kind, eventId, seed }) =>
      kind === 'shift-code' && eventId === params.eventId ? [seed] : [],
    );
    expect(seeds).toHaveLength(2);
    for (const seed of seeds) expect(JSON.stringify(a)).not.toContain(seed);
    now('06:59');
    expect((await codesOf(params)).body).toMatchObject({ code: 'shift-not-begun' });
    now('12:30');
    expect((await codesOf(params)).body).toMatchObject({ code: 'shift-over' });
  });

  it('lets somebody without a place take one that is free, under the rules for anybody, also after sign-up has closed', async () => {
    const { params, slotId } = await anEvent({ places: 1, minAge: 18 }, { closesAtLocal: `${date}T08:00` });
    now('09:20');
    const seen = (await scan(params, (await codesOf(params)).body.codes[0] ?? '')).body.seen;
    const child = await aPerson(station.store, { facts: { birthDate: '2012-01-01' } });
    expect((await here(params, child, seen, 'join')).body).toMatchObject({ code: 'refused' });
    const late = await aPerson(station.store);
    expect((await here(params, late, seen, 'in')).body).toMatchObject({ code: 'not-signed-up' });
    const joined = await here(params, late, seen, 'join', { key: 'join-once' });
    expect(joined.body).toMatchObject({ status: 'arrived', attended: { in: 'code', startedAt: at('09:20') } });
    expect((await here(params, late, seen, 'join', { key: 'join-once' })).body).toEqual(joined.body);
    expect(await station.store.get(keys.booking(joined.body.bookingId))).toMatchObject({
      slotId,
      walkIn: true,
      bookedBy: organiser,
    });
    const third = await aPerson(station.store);
    expect((await here(params, third, seen, 'join')).body).toMatchObject({
      code: 'refused',
      reasons: [{ code: 'slot-full' }],
    });
  });
});
