import { beforeEach, expect, it } from 'vitest';
import type { AuditItem, BookingItem, DeferralItem, ScreeningItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { aPerson } from '../builders/people.ts';
import { aSite } from '../builders/places.ts';
import { aStation, type Station } from '../support/station.ts';

let station: Station;
beforeEach(async () => {
  station = await aStation();
});

const WELL = { weight: 70, systolic: 120, diastolic: 80, pulse: 70, haemoglobin: 140 };
type Answer = { passed: boolean; permanent: boolean; deferredUntil?: string };
const screen = async (bookingId: string, more: Record<string, unknown> = {}, key?: string, as = station.staff) =>
  await station.call<Answer>('donations', 'POST /api/donations/screening', {
    as,
    body: { bookingId, measures: WELL, ...more },
    ...(key && { key }),
  });
async function here() {
  const donor = await station.booked();
  await station.checkIn(donor.bookingId);
  return donor;
}
const booking = async (id: string) =>
  (await station.store.get<BookingItem>(keys.booking(id), { consistent: true })) as BookingItem;
const recorded = async (donor: string) =>
  (await station.store.query<ScreeningItem>({ pk: `SCREENING#${donor}`, table: 'private' })).items;

it('a donor within the rules goes on to give; the figures are in the private table alone, and who screened is recorded', async () => {
  const { bookingId, donor } = await here();
  const first = await screen(bookingId, {}, 'screen-key-1');
  expect(first).toMatchObject({ status: 201, body: { passed: true } });
  expect((await screen(bookingId, {}, 'screen-key-1')).body).toEqual(first.body);
  expect((await screen(bookingId, { athlete: true }, 'screen-key-1')).body.code).toBe('idempotency-key-reused');
  expect(await booking(bookingId)).toMatchObject({ status: 'screened', screenedAt: expect.any(String) });
  expect(JSON.stringify(await booking(bookingId))).not.toMatch(/systolic|haemoglobin|measures/);
  expect(await recorded(donor)).toMatchObject([{ measures: WELL, result: 'passed', by: station.staff }]);
  const { items } = await station.store.query<AuditItem>({ pk: 'AUDIT#central#2026-11-23' });
  expect(items.filter(({ action }) => action === 'donor-screened')).toMatchObject([{ subjects: [donor] }]);
});

it('nobody is passed of whom something is outside the rules or was not measured, and a slip of the finger is refused', async () => {
  const { bookingId, donor } = await here();
  for (const measures of [{ ...WELL, systolic: 145 }, { ...WELL, haemoglobin: undefined }, {}]) {
    expect((await screen(bookingId, { measures })).body.code).toBe('screening-not-passed');
  }
  expect((await screen(bookingId, { measures: { ...WELL, systolic: 1200 } })).body.code).toBe('invalid-input');
  expect((await booking(bookingId)).status).toBe('arrived');
  expect(await recorded(donor)).toEqual([]);
  const coming = await station.booked();
  expect((await screen(coming.bookingId)).body.code).toBe('wrong-state');
  const other = await aPerson(station.store, { roles: [{ role: 'staff', scope: 'elsewhere' }] });
  expect((await screen(bookingId, {}, undefined, other)).body.code).toBe('forbidden');
});

it('a donor whose figures are outside is deferred until a day that is chosen, told kindly and without a word of health', async () => {
  const { bookingId, donor } = await here();
  const measures = { ...WELL, haemoglobin: 110 };
  const deferral = { reason: 'measures', since: '2026-12-23' };
  expect((await screen(bookingId, { measures, deferral: { reason: 'measures' } })).body.code).toBe('invalid-input');
  const answer = await screen(bookingId, { measures, deferral, words: '请补充铁质，一个月后再来' });
  expect(answer.body).toMatchObject({ passed: false, permanent: false, deferredUntil: '2026-12-23' });
  expect(await booking(bookingId)).toMatchObject({ status: 'cancelled', cancelCause: 'no-longer-eligible' });
  expect(await recorded(donor)).toMatchObject([{ measures, result: 'deferred', words: '请补充铁质，一个月后再来' }]);
  const { items } = await station.store.query<DeferralItem>({ pk: `DEFERRAL#${donor}`, table: 'private' });
  expect(items).toMatchObject([{ reason: 'measures', until: '2026-12-23' }]);
  await station.settle();
  for (const text of await station.textsTo(donor)) expect(text).not.toMatch(/血红蛋白|铁|110|体检/);
});

const told = async (donor: string) =>
  (
    await station.call<{ told?: { words: string; until: string } }>('me', 'GET /api/me/eligibility', {
      as: donor,
      query: {},
    })
  ).body.told;

it('what was said to a donor of a wait, they read on their own pages in those words, until it is over; nobody else does', async () => {
  const { bookingId, donor } = await here();
  const measures = { ...WELL, haemoglobin: 110 };
  const words = '请补充铁质，一个月后再来';
  expect(await told(donor)).toBeUndefined();
  await screen(bookingId, { measures, deferral: { reason: 'measures', since: '2026-12-23' }, words });
  expect(await told(donor)).toEqual({ words, on: '2026-11-23', until: '2026-12-23' });
  expect(await told(await aPerson(station.store))).toBeUndefined();
  station.world.advance(31 * 86_400_000);
  expect(await told(donor)).toBeUndefined();
});

it('what may be confidential is not among it: nothing of a permanent deferral, or of a later one that was not said at the chair', async () => {
  const { bookingId, donor } = await here();
  const deferral = { reason: 'measures', since: '2026-12-23' };
  await screen(bookingId, { measures: { ...WELL, haemoglobin: 110 }, deferral, words: '一个月后再来' });
  const later = {
    kind: 'deferral',
    personId: donor,
    reason: 'confidential',
    until: '2027-06-01',
    permanent: false,
    siteId: 'central',
    recordedBy: station.staff,
    at: '2026-11-23T05:00:00.000Z',
  } satisfies DeferralItem;
  await station.store.put({ Item: { ...keys.deferral(donor, later.at), ...later }, table: 'private' });
  expect(await told(donor)).toBeUndefined();
  const never = await here();
  await screen(never.bookingId, { measures: {}, deferral: { reason: 'permanent' }, words: '由医师当面说明' });
  expect(await told(never.donor)).toBeUndefined();
});

it('a permanent deferral keeps its category alone', async () => {
  const { bookingId, donor } = await here();
  const answer = await screen(bookingId, { measures: {}, deferral: { reason: 'permanent' } });
  expect(answer.body).toMatchObject({ passed: false, permanent: true });
  expect(await recorded(donor)).toMatchObject([{ result: 'permanent' }]);
});

it('where the site asks for it, and where it has not said, no donation is completed without a passed screening', async () => {
  const { bookingId } = await here();
  const { screening: _, ...site } = await aSite(station.store);
  await station.store.put({ Item: { ...keys.site(site.siteId), ...site } });
  const din = station.newDin();
  expect((await station.complete(bookingId, din)).body.code).toBe('screening-missing');
  await screen(bookingId);
  expect((await station.complete(bookingId, din)).status).toBe(201);
});

it('says what is to be measured of this donor, and within what', async () => {
  const { bookingId } = await here();
  const { body } = await station.call<{
    checks: { measure: string; mark: string; source: string }[];
    athletes: boolean;
  }>('donations', 'GET /api/donations/screening', { query: { bookingId } });
  expect(body.athletes).toBe(true);
  expect(body.checks.map(({ measure }) => measure)).toContain('pulse-pressure');
  expect(body.checks.every(({ mark, source }) => mark && source)).toBe(true);
});
