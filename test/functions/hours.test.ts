import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeAttendance } from '../../functions/events/tick/close-attendance.ts';
import { engineDeps } from '../../functions/runtime/common-deps.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { readCode } from '../../shared/domain/proof-code.ts';
import { auditItem } from '../../shared/store/audit.ts';
import type { Store } from '../../shared/store/client.ts';
import { certifiedBy, MOST_CERTIFICATES, withdrawCertificates } from '../../shared/store/hours.ts';
import type { AuditItem, BookingItem, CertificateItem, MergeItem } from '../../shared/store/items/index.ts';
import { bookingId, indexes, keys, splitBookingId } from '../../shared/store/keys.ts';
import { STEPS } from '../../shared/store/merge/steps.ts';
import { certify } from '../../shared/store/transactions/certify.ts';
import { decideHours } from '../../shared/store/transactions/decide-hours.ts';
import { anEventInput, anOrganisation, aShiftInput } from '../builders/events.ts';
import { aPerson } from '../builders/people.ts';
import { aService, whoCertifies } from '../builders/service.ts';
import { allItems } from '../support/engine.ts';
import { aStation, type Station } from '../support/station.ts';

type Sum = { timed: number; byHand: number };
type Request = { requestId: string; status: string; version: number; was?: number; granted?: number; answer?: string };
type Mine = {
  total: Sum;
  years: (Sum & { year: number })[];
  award: { minutes: number; stars: number };
  general: { minutes: number; stars: number; hours: number[] };
  unrecorded: { bookingId: string }[];
  requests: Request[];
  certificates: { code: string; supersededOn?: string }[];
};
type Certificate = Sum & { code: string; number: string; name: string; supersededOn?: string };

let station: Station;
let first: string;
let second: string;
let admin: string;
let neighbour: string;
let volunteer: string;

beforeAll(async () => {
  station = await aStation();
  await anOrganisation(station.store);
  await anOrganisation(station.store, 'others');
  await whoCertifies(station.store);
  const organiser = async (scope: string) => await aPerson(station.store, { roles: [{ role: 'organiser', scope }] });
  [first, second, neighbour] = [await organiser('helpers'), await organiser('helpers'), await organiser('others')];
  admin = await aPerson(station.store, { roles: [{ role: 'admin', scope: 'ALL' }] });
});
beforeEach(async () => {
  station.world.set('2026-11-23T02:00:00.000Z');
  volunteer = await aPerson(station.store, { name: '林见暖' });
});

const params = { organisationId: 'helpers' };
const call = async <T = Problem>(route: string, more: { as: string } & Parameters<Station['call']>[2]) =>
  await station.call<T & Problem>('hours', route, more);
const mine = async (as = volunteer) => (await call<Mine>('GET /api/me/service', { as })).body;
const correct = async (body: object, more: { as?: string; key?: string } = {}) =>
  await call<Request>('POST /api/me/service/corrections', {
    as: volunteer,
    body: { minutes: 180, reason: '收拾场地到十二点', ...body },
    ...more,
  });
const decide = async ({ requestId, version }: Request, body: object, as: string, key?: string) =>
  await call<Request>('POST /api/organisations/{organisationId}/hours/requests/{requestId}/decision', {
    as,
    params: { ...params, requestId },
    body: { version, ...body },
    ...(key && { key }),
  });
const certificate = async (body: object = {}, as = volunteer, key?: string) =>
  await call<Certificate>('POST /api/me/service/certificates', {
    as,
    body: { organisationId: 'helpers', ...body },
    ...(key && { key }),
  });
const verify = async (code: string) =>
  await station.call<Certificate & { maskedName: string }>('records', 'GET /api/certificates/{code}', {
    as: '',
    params: { code },
  });
/** A place of the volunteer in a shift that is over by now. */
async function pastShift(as = volunteer, [from, to] = ['11:00', '12:00']): Promise<string> {
  const times = { startsAtLocal: `2026-11-23T${from}`, endsAtLocal: `2026-11-23T${to}`, places: 20 };
  const body = anEventInput({ category: 'blood-donation', shifts: [aShiftInput(times)] });
  type View = { eventId: string; shifts: { slotId: string }[] };
  const { eventId } = (await station.call<View>('events', 'POST /api/events', { as: first, body })).body;
  const published = await station.call<View>('events', 'POST /api/events/{eventId}/publish', {
    as: first,
    params: { eventId },
    body: { version: 1 },
  });
  const { bookingId } = (
    await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
      as,
      body: { slotId: published.body.shifts[0]?.slotId },
    })
  ).body;
  return bookingId;
}
/** What is entered of a shift from the sheet of paper; without an end: that nobody came. */
async function sheet(bookingId: string, until?: string, from = '11:00') {
  const { containerId, version } = (await station.store.get<BookingItem>(keys.booking(bookingId), {
    consistent: true,
  })) as BookingItem;
  const [startedAtLocal, endedAtLocal] = [`2026-11-23T${from}`, `2026-11-23T${until}`];
  return await station.call<Problem & { status: string }>('attendance', 'POST /api/events/{eventId}/attendance/sheet', {
    as: first,
    params: { eventId: containerId },
    body: {
      bookingId,
      version,
      sheet: until === undefined ? { kind: 'absent' } : { kind: 'came', startedAtLocal, endedAtLocal },
    },
  });
}
async function tap(bookingId: string, step: 'in' | 'out', at: string) {
  const booking = (await station.store.get<BookingItem>(keys.booking(bookingId), { consistent: true })) as BookingItem;
  return await station.call<Problem & { status: string; version: number }>(
    'attendance',
    'POST /api/events/{eventId}/attendance',
    { as: first, params: { eventId: booking.containerId }, body: { bookingId, step, at } },
  );
}
const askFor = async (as: string, body: object, key?: string) =>
  await call<Request>('POST /api/organisations/{organisationId}/hours/requests', {
    as,
    params,
    body: { date: '2026-11-22', minutes: 90, reason: '前一天到血站领取物料', ...body },
    ...(key && { key }),
  });
/** The store, where something else is written the moment before the first transaction. */
function crossedBy(meanwhile: () => Promise<unknown>): Store {
  let isFirst = true;
  return {
    ...station.store,
    transact: async (items) => {
      if (isFirst) {
        isFirst = false;
        await meanwhile();
      }
      return await station.store.transact(items);
    },
  };
}
const depsOn = (store: Store) => ({ ...engineDeps(store, station.world), store, newId: station.world.newId });
const idempotency = (key: string) => ({ key, input: 'the-same' });
const approveOn = async (store: Store, { requestId, version }: Request) =>
  await decideHours(depsOn(store), {
    organisationId: 'helpers',
    requestId,
    by: second,
    approve: true,
    version,
    audit: () => ({
      Put: auditItem({
        scope: 'hours',
        zone: 'UTC',
        by: second,
        action: 'hours-approved',
        at: new Date(station.world.clock.now()).toISOString(),
        id: station.world.newId(),
      }),
    }),
    idempotency: idempotency(`approve-${requestId}`),
  });
const certifyOn = async (store: Store) =>
  await certify(depsOn(store), {
    personId: volunteer,
    organisationId: 'helpers',
    awardOnly: false,
    certificateId: station.world.newId(),
    idempotency: idempotency('certify'),
  });
const auditOf = async (action: string) =>
  (await allItems(station.names)).filter(
    (item): item is AuditItem & { pk: string } => (item as AuditItem).action === action,
  );

it('hours are told by year and kind, timed and by hand apart; only service for blood donation counts to its award', async () => {
  await aService(station.store, { personId: volunteer, minutes: 60 * 120 });
  await aService(station.store, {
    personId: volunteer,
    minutes: 60,
    category: 'stem-cell-donation',
    date: '2025-03-01',
  });
  const { total, years, award, general } = await mine();
  expect(total).toEqual({ timed: 121 * 60, byHand: 0 });
  expect(years.map(({ year, timed }) => [year, timed])).toEqual([
    [2026, 120 * 60],
    [2025, 60],
  ]);
  expect(award).toMatchObject({ minutes: 60, stars: 0 });
  expect(general).toMatchObject({ minutes: 121 * 60, stars: 1 });
});

it('a correction that the volunteer asks for is answered with a reason, and changes no record: another is written beside it', async () => {
  const { serviceId } = await aService(station.store, { personId: volunteer });
  const asked = (await correct({ recordId: serviceId })).body;
  expect(asked).toMatchObject({ status: 'asked', was: 150 });
  // Nothing counts before somebody has said yes.
  expect((await mine()).total).toEqual({ timed: 150, byHand: 0 });
  expect((await decide(asked, { approve: false }, first)).body.errors).toMatchObject([{ path: 'body.answer' }]);
  const no = await decide(asked, { approve: false, answer: '签退单上是十一点半' }, first);
  expect(no.body).toMatchObject({ status: 'rejected', answer: '签退单上是十一点半' });
  expect((await mine()).requests).toMatchObject([{ status: 'rejected', answer: '签退单上是十一点半' }]);

  const again = (await correct({ recordId: serviceId })).body;
  expect((await decide(again, { approve: true, minutes: 170 }, first)).body.errors).toMatchObject([
    { path: 'body.answer' },
  ]);
  const yes = await decide(again, { approve: true, minutes: 170, answer: '按十一点五十分计' }, first);
  expect(yes.body).toMatchObject({ status: 'approved', granted: 170 });
  expect((await mine()).total).toEqual({ timed: 150, byHand: 20 });
  expect((await decide({ ...again, version: 2 }, { approve: true }, second)).body.code).toBe('wrong-state');
  // Of two requests about one record, the second is of a figure that no longer stands.
  const [one, other] = [
    (await correct({ recordId: serviceId, minutes: 175 })).body,
    (await correct({ recordId: serviceId, minutes: 165 })).body,
  ];
  expect((await decide(one, { approve: true }, first)).status).toBe(200);
  expect((await decide(other, { approve: true }, first)).body.code).toBe('changed-meanwhile');
  expect((await mine()).total).toEqual({ timed: 150, byHand: 25 });
  const timed = await station.store.get(keys.service(volunteer, serviceId), { consistent: true });
  expect(timed).toMatchObject({ minutes: 150, version: 1 });
});

it('a shift of which nothing is recorded can be asked for once it is over, and counts as its event does', async () => {
  const bookingId = await pastShift();
  expect((await correct({ bookingId, minutes: 60 })).status).toBe(404);
  station.world.advance(4 * 3_600_000);
  expect((await mine()).unrecorded).toMatchObject([{ bookingId }]);
  expect((await correct({ bookingId, minutes: 60 }, { as: await aPerson(station.store) })).status).toBe(404);
  const asked = (await correct({ bookingId, minutes: 60 })).body;
  await decide(asked, { approve: true }, first);
  const now = await mine();
  expect(now.total).toEqual({ timed: 0, byHand: 60 });
  expect(now.award.minutes).toBe(60);
  expect(now.unrecorded).toEqual([]);
  expect((await correct({ bookingId, minutes: 60 })).status).toBe(404);
});

describe('no shift counts twice', () => {
  const HOUR = 3_600_000;

  it('what is recorded while a request for it waits keeps the request from being approved, also at the same moment', async () => {
    const bookingId = await pastShift();
    station.world.advance(4 * HOUR);
    const asked = (await correct({ bookingId, minutes: 60 })).body;
    expect((await sheet(bookingId, '11:45')).status).toBe(200);
    expect((await decide(asked, { approve: true }, first)).body.code).toBe('changed-meanwhile');
    expect((await mine()).total).toEqual({ timed: 45, byHand: 0 });
    expect((await decide(asked, { approve: false, answer: '已按签到表记录' }, first)).status).toBe(200);

    volunteer = await aPerson(station.store, { name: '林见暖' });
    station.world.set('2026-11-23T02:00:00.000Z');
    const crossed = await pastShift();
    station.world.advance(4 * HOUR);
    const waiting = (await correct({ bookingId: crossed, minutes: 60 })).body;
    const answer = await approveOn(
      crossedBy(async () => await sheet(crossed, '11:45')),
      waiting,
    );
    expect(answer.kind).toBe('changed-meanwhile');
    expect((await mine()).total).toEqual({ timed: 45, byHand: 0 });
  });

  it('of two requests for one shift one is approved; what an organiser adds besides is service of its own', async () => {
    const bookingId = await pastShift();
    station.world.advance(4 * HOUR);
    const [one, two] = [await correct({ bookingId, minutes: 60 }), await correct({ bookingId, minutes: 50 })];
    expect((await decide(one.body, { approve: true }, first)).status).toBe(200);
    expect((await decide(two.body, { approve: true }, first)).body.code).toBe('changed-meanwhile');
    const more = (await askFor(first, { bookingId, minutes: 30 })).body;
    expect((await decide(more, { approve: true }, second)).status).toBe(200);
    expect((await mine()).total).toEqual({ timed: 0, byHand: 90 });
  });

  it('what is recorded of it afterwards stands in its place, and what was certified of it says so; taken back, it counts again', async () => {
    const bookingId = await pastShift();
    station.world.advance(4 * HOUR);
    await decide((await correct({ bookingId, minutes: 60 })).body, { approve: true }, first);
    const { code } = (await certificate()).body;
    // A device that had no line, and the rule that closes what was forgotten.
    expect((await tap(bookingId, 'in', '2026-11-23T03:10:00.000Z')).body.status).toBe('arrived');
    await closeAttendance(station.ticking);
    expect((await mine()).total).toEqual({ timed: 50, byHand: 0 });
    expect((await verify(code)).body.supersededOn).toBe('2026-11-23');
    const year = await call<Sum>('GET /api/organisations/{organisationId}/hours', {
      as: first,
      params,
      query: { year: '2026' },
    });
    const person = await call<{ items: Sum[] }>('GET /api/organisations/{organisationId}/hours/people/{bookingId}', {
      as: first,
      params: { ...params, bookingId },
    });
    expect(person.body.items).toMatchObject([{ timed: 50, byHand: 0 }]);
    expect((await sheet(bookingId)).status).toBe(200);
    expect((await mine()).total).toEqual({ timed: 0, byHand: 60 });
    const after = await call<Sum>('GET /api/organisations/{organisationId}/hours', {
      as: first,
      params,
      query: { year: '2026' },
    });
    expect([after.body.timed - year.body.timed, after.body.byHand - year.body.byHand]).toEqual([-50, 60]);
  });

  it('who is noted as here is not asked about: their going makes the record', async () => {
    const bookingId = await pastShift();
    station.world.set('2026-11-23T03:00:00.000Z');
    await tap(bookingId, 'in', '2026-11-23T03:00:00.000Z');
    station.world.set('2026-11-23T04:30:00.000Z');
    expect((await mine()).unrecorded).toEqual([]);
    expect((await correct({ bookingId, minutes: 60 })).status).toBe(404);
  });

  it('a shift can be asked for as long as a record can be corrected, in both places by one term', async () => {
    const bookingId = await pastShift();
    station.world.advance(400 * 24 * HOUR);
    expect((await mine()).unrecorded).toMatchObject([{ bookingId }]);
    expect((await correct({ bookingId, minutes: 60 })).status).toBe(201);
    station.world.advance(365 * 24 * HOUR);
    expect((await mine()).unrecorded).toEqual([]);
  });
});

describe('what is entered otherwise on the sheet', () => {
  const HOUR = 3_600_000;

  it('marks the certificates that count it, whether it is replaced or taken back; the same again marks none', async () => {
    const bookingId = await pastShift();
    station.world.advance(4 * HOUR);
    await sheet(bookingId, '11:45');
    const before = (await certificate()).body;
    await sheet(bookingId, '11:45');
    expect((await verify(before.code)).body.supersededOn).toBeUndefined();
    await sheet(bookingId, '11:30');
    expect((await verify(before.code)).body.supersededOn).toBe('2026-11-23');
    const after = (await certificate()).body;
    expect(after.timed).toBe(30);
    await sheet(bookingId);
    expect((await verify(after.code)).body.supersededOn).toBe('2026-11-23');
  });

  it('marks them also where a going is undone', async () => {
    const bookingId = await pastShift();
    station.world.set('2026-11-23T03:30:00.000Z');
    await tap(bookingId, 'in', '2026-11-23T03:00:00.000Z');
    const { version } = (await tap(bookingId, 'out', '2026-11-23T03:30:00.000Z')).body;
    const { code } = (await certificate()).body;
    const { containerId } = (await station.store.get<BookingItem>(keys.booking(bookingId))) as BookingItem;
    const undone = await station.call('attendance', 'POST /api/events/{eventId}/attendance/undo', {
      as: first,
      params: { eventId: containerId },
      body: { bookingId, version },
    });
    expect(undone.status).toBe(200);
    expect((await verify(code)).body.supersededOn).toBe('2026-11-23');
  });

  it('does not undo what two people have corrected, and no correction is applied to another record', async () => {
    const bookingId = await pastShift();
    station.world.set('2026-11-23T03:00:00.000Z');
    await tap(bookingId, 'in', '2026-11-23T03:00:00.000Z');
    station.world.set('2026-11-23T05:10:00.000Z');
    await closeAttendance(station.ticking);
    const [record] = (
      await call<{ items: { recordId: string }[] }>('GET /api/me/service/records', {
        as: volunteer,
        query: { year: '2026' },
      })
    ).body.items;
    await decide((await correct({ recordId: record?.recordId, minutes: 90 })).body, { approve: true }, first);
    expect((await sheet(bookingId, '11:30')).body.code).toBe('hours-corrected');
    expect((await sheet(bookingId)).body.code).toBe('hours-corrected');
    // A device that had no line is told how it stands: it has nothing more to say.
    expect((await tap(bookingId, 'out', '2026-11-23T03:20:00.000Z')).body.status).toBe('fulfilled');
    expect((await mine()).total).toEqual({ timed: 60, byHand: 30 });
  });
});

it('a certificate and a correction made at the same moment know of each other, whichever is first', async () => {
  const { serviceId } = await aService(station.store, { personId: volunteer });
  const one = (await correct({ recordId: serviceId, minutes: 120 })).body;
  const made = await certifyOn(crossedBy(async () => await decide(one, { approve: true }, first)));
  expect(made).toMatchObject({ kind: 'done', certificate: { timed: 120 } });

  const two = (await correct({ recordId: serviceId, minutes: 100 })).body;
  let code = '';
  const answer = await approveOn(
    crossedBy(async () => {
      code = (await certificate()).body.code;
    }),
    two,
  );
  expect(answer.kind).toBe('done');
  expect((await verify(code)).body.supersededOn).toBe('2026-11-23');
});

it('a certificate counts nothing older than what it rests on, whenever a record is replaced while they are read', async () => {
  const bookingId = await pastShift();
  station.world.advance(4 * 3_600_000);
  await sheet(bookingId, '11:45');
  // A book, so that the first read of it is not of nothing.
  await certificate();
  let isFirst = true;
  const made = await certifyOn({
    ...station.store,
    query: async (input) => {
      const answer = await station.store.query<never>(input);
      if (isFirst) {
        isFirst = false;
        await sheet(bookingId, '11:30');
      }
      return answer;
    },
  });
  expect(made).toMatchObject({ kind: 'done', certificate: { timed: 30 } });
});

it('while two records become one, whatever changes a shift finds what is kept of it, and bars nothing its way', async () => {
  const keep = await aPerson(station.store, { name: '林见暖' });
  const merge = { keep, join: volunteer } as MergeItem;
  const step = async (name: string) =>
    await STEPS.find((each) => each.name === name)?.(engineDeps(station.store, station.world), merge);
  const kept = (id: string) => bookingId(keep, splitBookingId(id).suffix);
  const { serviceId } = await aService(station.store, { personId: volunteer });
  await decide((await correct({ recordId: serviceId })).body, { approve: true }, first);
  const [recorded, added] = [await pastShift(), await pastShift(volunteer, ['12:30', '13:00'])];
  station.world.advance(4 * 3_600_000);
  await sheet(recorded, '11:45');
  const { code: ofRecord } = (await certificate()).body;
  await decide((await correct({ bookingId: added, minutes: 60 })).body, { approve: true }, first);
  const { code: ofAdded } = (await certificate()).body;

  expect(STEPS.map(({ name }) => name).slice(1, 4)).toEqual(['bookings', 'hours', 'service']);
  await step('bookings');
  // The booking has gone along, its record has not: whoever enters it is asked to try again.
  expect((await sheet(kept(recorded), '11:30')).status).toBe(503);
  expect((await sheet(kept(added), '12:50', '12:30')).status).toBe(200);
  await step('hours');
  expect((await verify(ofRecord)).body.supersededOn).toBeUndefined();
  expect((await verify(ofAdded)).body.supersededOn).toBe('2026-11-23');
  await step('service');
  // What it counts has gone along, and is as it was.
  expect((await verify(ofRecord)).body.supersededOn).toBeUndefined();
  await decide((await correct({ recordId: serviceId, minutes: 170 }, { as: keep })).body, { approve: true }, first);
  expect((await verify(ofRecord)).body.supersededOn).toBe('2026-11-23');
  const { code } = (await certificate({}, keep)).body;
  expect((await sheet(kept(recorded), '11:30')).status).toBe(200);
  expect((await verify(code)).body.supersededOn).toBe('2026-11-23');
  expect((await mine(keep)).total).toEqual({ timed: 150 + 20 + 30, byHand: 20 });
});

it('whoever asked about their hours is told once what was decided, also where their record becomes another; nobody else is', async () => {
  const { serviceId } = await aService(station.store, { personId: volunteer });
  const bookingId = await pastShift();
  const [one, two] = [
    (await correct({ recordId: serviceId })).body,
    (await correct({ recordId: serviceId, minutes: 200 })).body,
  ];
  await decide(one, { approve: true, minutes: 165, answer: '按离场时间' }, first);
  await decide(two, { approve: false, answer: '与签到不符' }, first);
  await decide((await askFor(first, { bookingId })).body, { approve: true }, second);
  await station.settle();
  const answers = async (as: string) =>
    (await station.messagesOf(as)).filter(({ template }) => template.startsWith('hours-'));
  const said = (await station.textsTo(volunteer)).filter((text) => text.includes('时长'));
  expect(said.toSorted()).toEqual([
    expect.stringMatching(/^您申请的11月14日“社区义诊”服务时长已审核通过，记为2小时45分钟。/),
    expect.stringMatching(/^您申请的11月14日“社区义诊”服务时长未通过审核，原因请登录查看。/),
  ]);

  const keep = await aPerson(station.store);
  const step = STEPS.find(({ name }) => name === 'hours');
  await step?.(engineDeps(station.store, station.world), { keep, join: volunteer } as MergeItem);
  await station.settle();
  expect(await answers(volunteer)).toEqual([]);
  expect((await answers(keep)).map(({ status }) => status)).toEqual(['sent', 'sent']);
  expect((await station.textsTo(keep)).filter((text) => text.includes('时长'))).toEqual([]);
});

it('what was decided before two records became one is no news once they are: not what one had asked for the other, nor what is long ago', async () => {
  const becomesFirst = async (join: string) => {
    const merge = { keep: first, join } as MergeItem;
    await STEPS.find(({ name }) => name === 'hours')?.(engineDeps(station.store, station.world), merge);
    await station.settle();
    return (await station.messagesOf(first)).filter(({ template }) => template.startsWith('hours-'));
  };
  // An organiser asks for somebody who turns out to be themselves under another number.
  const bookingId = await pastShift();
  await decide((await askFor(first, { bookingId })).body, { approve: true }, second);
  expect(await becomesFirst(volunteer)).toEqual([]);
  // Somebody asked, and was answered before there were texts of it.
  const other = await aPerson(station.store, { name: '高远' });
  const { serviceId } = await aService(station.store, { personId: other });
  await decide((await correct({ recordId: serviceId }, { as: other })).body, { approve: true }, second);
  station.world.advance(30 * 86_400_000);
  expect(await becomesFirst(other)).toEqual([]);
});

it('a request that was accepted answers the same call in the same way, whatever has become of the record', async () => {
  const bookingId = await pastShift();
  station.world.advance(4 * 3_600_000);
  const asked = (await correct({ bookingId, minutes: 60 }, { key: 'the-same-press' })).body;
  await decide(asked, { approve: true }, first);
  const again = await correct({ bookingId, minutes: 60 }, { key: 'the-same-press' });
  expect(again).toMatchObject({ status: 201, body: { requestId: asked.requestId, status: 'approved' } });
  expect((await correct({ bookingId, minutes: 50 }, { key: 'the-same-press' })).body.code).toBe(
    'idempotency-key-reused',
  );

  const { serviceId } = await aService(station.store, { personId: volunteer });
  const body = { bookingId, recordId: serviceId, minutes: 100 };
  const theirs = (await askFor(first, body, 'the-same-press')).body;
  await station.store.transact([{ Delete: { Key: keys.service(volunteer, serviceId) } }]);
  expect(await askFor(first, body, 'the-same-press')).toMatchObject({
    status: 201,
    body: { requestId: theirs.requestId },
  });
});

it('a correction to the very same figure is none, whoever asks for it or decides it', async () => {
  const bookingId = await pastShift();
  const { serviceId } = await aService(station.store, { personId: volunteer });
  const unchanged = [
    { path: 'body.minutes', message: expect.stringMatching(/is what is recorded now|与现在的记录相同/) },
  ];
  expect((await correct({ recordId: serviceId, minutes: 150 })).body.errors).toMatchObject(unchanged);
  const theirs = await askFor(first, { bookingId, recordId: serviceId, minutes: 150 });
  expect(theirs.body.errors).toMatchObject(unchanged);
  const asked = (await correct({ recordId: serviceId, minutes: 160 })).body;
  const decided = await decide(asked, { approve: true, minutes: 150, answer: '不变' }, first);
  expect(decided.body.errors).toMatchObject(unchanged);
});

it('too many requests, or certificates, is told as such', async () => {
  const { serviceId } = await aService(station.store, { personId: volunteer });
  for (let n = 0; n < 20; n += 1) expect((await correct({ recordId: serviceId, minutes: n })).status).toBe(201);
  const year = await call<{ waiting: number }>('GET /api/organisations/{organisationId}/hours', {
    as: first,
    params,
    query: { year: '2026' },
  });
  expect(year.body.waiting).toBeGreaterThanOrEqual(20);
  expect((await correct({ recordId: serviceId, minutes: 20 })).body).toMatchObject({ code: 'too-many-waiting' });
  for (let n = 0; n < MOST_CERTIFICATES; n += 1) {
    const item = { kind: 'certified', personId: volunteer, code: `none-${n}`, accepted: [] };
    await station.store.put({ Item: { ...item, ...keys.certified(volunteer, `h${n}`) } });
  }
  expect((await certificate()).body.code).toBe('too-many-certificates');
});

it('whoever is being joined with another, or forgotten, gets no requests, certificate or number meanwhile, and no hours', async () => {
  const bookingId = await pastShift();
  const { serviceId } = await aService(station.store, { personId: volunteer });
  const asked = (await correct({ recordId: serviceId })).body;
  await station.store.transact([
    {
      Update: {
        Key: keys.lock(volunteer),
        UpdateExpression: 'SET #status = :inactive',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':inactive': 'inactive' },
      },
    },
  ]);
  const number = { as: volunteer, body: { number: '330106-7788', version: 0 } };
  const answers = [
    await correct({ recordId: serviceId, minutes: 170 }),
    await askFor(first, { bookingId }),
    await certificate(),
    await call('PUT /api/me/service/number', number),
    await decide(asked, { approve: true }, first),
  ];
  expect(answers.map(({ body }) => body.code)).toEqual(answers.map(() => 'wrong-state'));
  expect((await decide(asked, { approve: false, answer: '本人已注销' }, first)).status).toBe(200);
});

it('hours that an organiser adds count once another has approved: not who asked, not whose they are, nor another organisation', async () => {
  const bookingId = await pastShift();
  const body = { bookingId, date: '2026-11-22', minutes: 90, reason: '前一天到血站领取物料' };
  const ask = async (as: string, more: object = {}) =>
    await call<Request>('POST /api/organisations/{organisationId}/hours/requests', {
      as,
      params,
      body: { ...body, ...more },
    });
  expect((await ask(neighbour)).status).toBe(403);
  expect((await ask(first, { date: '2026-12-01' })).body.errors).toMatchObject([{ path: 'body.date' }]);
  const asked = (await ask(first)).body;
  expect((await decide(asked, { approve: true }, first)).body.code).toBe('own-hours');
  expect((await decide(asked, { approve: true }, neighbour)).status).toBe(403);
  expect((await mine()).total.byHand).toBe(0);
  const list = await call<{ items: { requestId: string; mayDecide: boolean; name: string }[] }>(
    'GET /api/organisations/{organisationId}/hours/requests',
    { as: first, params },
  );
  expect(list.body.items.find(({ requestId }) => requestId === asked.requestId)).toMatchObject({
    mayDecide: false,
    name: '林见暖',
  });
  expect((await decide(asked, { approve: true }, admin)).status).toBe(200);
  expect((await mine()).total.byHand).toBe(90);

  // An organiser's own hours, whoever asks for them, are for somebody else to approve.
  const own = await pastShift(second);
  const theirs = (await ask(first, { bookingId: own })).body;
  expect((await decide(theirs, { approve: true }, second)).body.code).toBe('own-hours');
  expect((await auditOf('hours-approved')).map(({ by }) => by)).toContain(admin);
});

it('however often and by whomever a request is approved at once, its hours are added once; no day has more than it has', async () => {
  const { serviceId } = await aService(station.store, { personId: volunteer });
  const other = await aService(station.store, { personId: volunteer, minutes: 1300 });
  const asked = (await correct({ recordId: serviceId, minutes: 200 })).body;
  expect((await decide(asked, { approve: true }, first)).body.errors).toMatchObject([{ path: 'body.minutes' }]);
  await decide((await correct({ recordId: other.serviceId, minutes: 600 })).body, { approve: true }, first);

  const [twice, rival] = [(await correct({ recordId: serviceId, minutes: 190 })).body, asked];
  const answers = await Promise.all([
    decide(twice, { approve: true }, first, 'the-same-press'),
    decide(twice, { approve: true }, first, 'the-same-press'),
    decide(twice, { approve: true }, second),
    decide(rival, { approve: true }, second),
    decide(rival, { approve: true }, admin),
  ]);
  // Two requests of one record: whoever decides the second decides of another figure than was asked about.
  const codes = answers.map(({ status, body }) => (status === 200 ? 'done' : body.code)).sort();
  expect(codes).toContain('done');
  expect(codes.filter((code) => !['done', 'wrong-state', 'changed-meanwhile'].includes(code))).toEqual([]);
  expect(answers[0]?.status).toBe(answers[1]?.status);
  const { total } = await mine();
  expect([190, 200]).toContain(total.timed + total.byHand - 600);
});

describe('a certificate', () => {
  it('states all that it must, proves by its code what the organisation recorded, and says when that was corrected', async () => {
    const { serviceId } = await aService(station.store, { personId: volunteer, category: 'blood-donation' });
    await aService(station.store, { personId: volunteer, organisationId: 'others', minutes: 500 });
    const made = await certificate({}, volunteer, 'the-same-press');
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: '林见暖',
      volunteerNumber: volunteer.toUpperCase(),
      timed: 150,
      byHand: 0,
      activities: [{ title: { zh: '社区义诊' }, minutes: 150, times: 1 }],
      organisation: { en: 'Helpers' },
      responsible: '王敏',
      handler: '李然',
      contact: '0571-0000 0000',
      issuedOn: '2026-11-23',
    });
    expect(made.body.number).toMatch(/^NL-20261123-[0-9A-Z]{8}$/);
    expect((await certificate({}, volunteer, 'the-same-press')).body.code).toBe(made.body.code);
    const proven = await verify(made.body.code.toLowerCase());
    expect(proven.body).toMatchObject({ maskedName: '林＊＊', timed: 150, number: made.body.number });
    expect(JSON.stringify(proven.body)).not.toMatch(/见暖|0571|王敏/);

    await decide((await correct({ recordId: serviceId, minutes: 120 })).body, { approve: true }, first);
    expect((await verify(made.body.code)).body.supersededOn).toBe('2026-11-23');
    expect((await mine()).certificates).toMatchObject([{ supersededOn: '2026-11-23' }]);
    expect((await certificate()).body).toMatchObject({ timed: 120 });
  });

  it('is not marked by a correction of what it does not count', async () => {
    await aService(station.store, { personId: volunteer, category: 'blood-donation' });
    const { serviceId } = await aService(station.store, { personId: volunteer, category: 'health' });
    const { code } = (await certificate({ awardOnly: true })).body;
    const { code: all } = (await certificate()).body;
    await decide((await correct({ recordId: serviceId, minutes: 120 })).body, { approve: true }, first);
    expect((await verify(code)).body.supersededOn).toBeUndefined();
    expect((await verify(all)).body.supersededOn).toBe('2026-11-23');
  });

  it('that does not yet say what it counts is marked by a change of what it may count, of its organisation and its time', async () => {
    const { serviceId } = await aService(station.store, { personId: volunteer });
    await aService(station.store, { personId: volunteer, organisationId: 'others', date: '2026-11-01' });
    const later = await aService(station.store, { personId: volunteer, date: '2026-11-20' });
    const codes: string[] = [];
    for (const span of [{ to: '2026-11-19' }, { from: '2026-11-20' }]) {
      const { code } = (await certificate(span)).body;
      const { recordIds: _, ...old } = (await certifiedBy(station.store, readCode(code) ?? '')) as CertificateItem;
      await station.store.put({ Item: { ...old, ...keys.certificate(old.code) } });
      codes.push(code);
    }
    const marked = async () => await Promise.all(codes.map(async (code) => (await verify(code)).body.supersededOn));
    const first120 = (await correct({ recordId: serviceId, minutes: 120 })).body;
    expect((await decide(first120, { approve: true }, first)).status).toBe(200);
    expect(await marked()).toEqual(['2026-11-23', undefined]);
    const again = (await correct({ recordId: later.serviceId, minutes: 120 })).body;
    expect((await decide(again, { approve: true }, first)).status).toBe(200);
    expect(await marked()).toEqual(['2026-11-23', '2026-11-23']);
  });

  it('there is none of nothing, none without a name, and none of an organisation for which nobody answers', async () => {
    expect((await certificate()).body.code).toBe('nothing-to-certify');
    const nameless = await aPerson(station.store);
    await aService(station.store, { personId: nameless });
    expect((await certificate({}, nameless)).body.code).toBe('name-missing');
    await aService(station.store, { personId: volunteer, organisationId: 'others' });
    expect((await certificate({ organisationId: 'others' })).body.code).toBe('certificate-not-ready');
    await aService(station.store, { personId: volunteer, category: 'health' });
    expect((await certificate({ awardOnly: true })).body.code).toBe('nothing-to-certify');
    expect((await certificate({ to: '2026-01-01' })).body.code).toBe('nothing-to-certify');
  });

  it('whoever asked to be forgotten is certified no more, and what they served stays with the organisation', async () => {
    await aService(station.store, { personId: volunteer });
    const { code } = (await certificate()).body;
    const deps = engineDeps(station.store, station.world);
    const erasure = { kind: 'erasure', personId: volunteer, askedAt: '2026-11-23T02:00:00.000Z' } as const;
    await withdrawCertificates(deps, erasure);
    await withdrawCertificates(deps, erasure);
    expect((await verify(code)).status).toBe(404);
    expect((await mine()).total.timed).toBe(150);
  });
});

it('two records of one person become one: their hours, corrections and certificates go along, and add up', async () => {
  const keep = await aPerson(station.store);
  const { serviceId, ...timed } = await aService(station.store, { personId: volunteer });
  await decide((await correct({ recordId: serviceId })).body, { approve: true }, first);
  const { code } = (await certificate()).body;
  const open = (await correct({ recordId: serviceId, minutes: 170 })).body;
  const merge = { keep, join: volunteer } as MergeItem;
  const deps = engineDeps(station.store, station.world);
  // The timed record goes along with its booking.
  await aService(station.store, {
    ...timed,
    serviceId,
    personId: keep,
    gsi1sk: indexes.servedSort(timed.date, serviceId, keep),
  });
  const [hours] = STEPS.filter(({ name }) => name === 'hours');
  await hours?.(deps, merge);
  await hours?.(deps, merge);
  const now = await mine(keep);
  expect(now.total).toEqual({ timed: 150, byHand: 30 });
  expect(now.certificates).toHaveLength(1);
  expect((await verify(code)).status).toBe(200);
  await decide({ ...open, version: 2 }, { approve: true }, first);
  expect((await mine(keep)).total).toEqual({ timed: 150, byHand: 20 });
});

it('an organisation sees sums by month and community, and takes its records in the columns that it chose once', async () => {
  const organiser = first;
  const before = await call<Sum & { people: number; months: Sum[]; communities: object[] }>(
    'GET /api/organisations/{organisationId}/hours',
    { as: organiser, params, query: { year: '2024' } },
  );
  expect(before.body).toMatchObject({ timed: 0, people: 0, communities: [] });
  const at = { organisationId: 'helpers', date: '2024-05-04', community: { zh: '=榆树里', en: 'Yushuli' } };
  await aService(station.store, { personId: volunteer, ...at, minutes: 90 });
  await aService(station.store, { personId: await aPerson(station.store, { name: '高远' }), ...at, minutes: 30 });
  const after = await call<Sum & { people: number; months: Sum[]; communities: object[] }>(
    'GET /api/organisations/{organisationId}/hours',
    { as: organiser, params, query: { year: '2024' } },
  );
  expect(after.body).toMatchObject({
    timed: 120,
    people: 2,
    communities: [{ community: { en: 'Yushuli' }, people: 2 }],
  });
  expect(after.body.months[4]).toMatchObject({ timed: 120, byHand: 0 });

  const identity = { number: '11010519491231002X', version: 0 };
  expect((await call('PUT /api/me/service/number', { as: volunteer, body: identity })).body.errors).toMatchObject([
    { path: 'body.number' },
  ]);
  const number = await call<{ version: number }>('PUT /api/me/service/number', {
    as: volunteer,
    body: { number: '330106-7788', version: 0 },
  });
  expect(number.status).toBe(200);
  const columns = [
    { header: '姓名', field: 'name' },
    { header: '志愿者编号', field: 'volunteer-number' },
    { header: '身份证号', field: 'empty' },
    { header: '时长', field: 'hours' },
    { header: '社区', field: 'community' },
  ];
  const settings = { responsible: '王敏', handler: '李然', contact: '1', language: 'zh', categories: {}, columns };
  const put = async (version: number, as = organiser) =>
    await call('PUT /api/organisations/{organisationId}/hours/settings', {
      as,
      params,
      body: { ...settings, version },
    });
  expect((await put(1, neighbour)).status).toBe(403);
  expect((await put(1)).status).toBe(200);
  expect((await put(1, second)).body.code).toBe('changed-meanwhile');
  const file = await call<string>('GET /api/organisations/{organisationId}/hours/export.csv', {
    as: organiser,
    params,
    query: { from: '2024-01-01', to: '2024-12-31' },
  });
  // Nothing that a spreadsheet would reckon.
  expect(
    String(file.body)
      .replace(/^\uFEFF/, '')
      .split('\r\n')
      .sort(),
  ).toEqual(
    ['', '姓名,志愿者编号,身份证号,时长,社区', "林见暖,330106-7788,,1.5,'=榆树里", "高远,,,0.5,'=榆树里"].sort(),
  );
  expect((await auditOf('hours-exported'))[0]).toMatchObject({ by: organiser, change: { from: '2024-01-01' } });
  expect(
    (
      await call('GET /api/organisations/{organisationId}/hours/export.csv', {
        as: organiser,
        params,
        query: { from: '2024-01-01', to: '2025-12-31' },
      })
    ).body.code,
  ).toBe('range-too-long');
});

it('the thresholds of the general stars are an admin’s to set; those of the award stay as its rules say', async () => {
  await aService(station.store, { personId: volunteer, minutes: 50 * 60, category: 'blood-donation' });
  const put = async (hours: number[], version: number) =>
    await call('PUT /api/hours/stars', { as: admin, body: { hours, version } });
  expect((await put([50, 50, 200, 300, 500], 0)).status).toBe(400);
  expect((await put([50, 100, 200, 300, 500], 0)).status).toBe(200);
  const { general, award } = await mine();
  expect([general.stars, award.stars]).toEqual([1, 0]);
  expect((await put([60, 100, 200, 300, 500], 0)).body.code).toBe('changed-meanwhile');
});
