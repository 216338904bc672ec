import { beforeAll, expect, it } from 'vitest';
import type { AuditItem } from '../../shared/store/items/index.ts';
import { partitions } from '../../shared/store/keys.ts';
import { anEventInput, anOrganisation, aShiftInput } from '../builders/events.ts';
import { aPerson } from '../builders/people.ts';
import { allItems } from '../support/engine.ts';
import { aStation, type Station } from '../support/station.ts';

/** A valid resident number of somebody born on 1 May 1996; the fourth of its order is odd: a man. */
const RESIDENT = '110101199605010016';
const PASSPORT = { type: 'passport', number: 'E12345678' };
const DATE = '2026-11-28';

let station: Station;
let organiser: string;
beforeAll(async () => {
  station = await aStation();
  await anOrganisation(station.store);
  organiser = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
});

type Mine = { document?: { type: string; lastFour: string }; byOrganiser?: boolean };
type List = { items: { bookingId: string; name: string; hasDocument: boolean }[]; code?: string };

async function shown(more: object = { insures: true }) {
  const shifts = [
    aShiftInput({ places: 20 }),
    aShiftInput({ shiftId: 'late', startsAtLocal: `${DATE}T13:00`, endsAtLocal: `${DATE}T15:30` }),
  ];
  const { body } = await station.call<{ eventId: string; shifts: { slotId: string }[] }>('events', 'POST /api/events', {
    as: organiser,
    body: anEventInput({ shifts, ...more }),
  });
  const params = { eventId: body.eventId };
  const done = await station.call<typeof body>('events', 'POST /api/events/{eventId}/publish', {
    as: organiser,
    params,
    body: { version: 1 },
  });
  return { params, slots: done.body.shifts.map(({ slotId }) => slotId) };
}
const signUp = async (as: string, slotId = '') =>
  (await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', { as, body: { slotId } })).body
    .bookingId;
const say = async (as: string, document: { type: string; number: string }, key?: string) =>
  await station.call<Mine & { code?: string; errors?: { path: string }[] }>('insurance', 'PUT /api/me/insurance', {
    as,
    body: { document },
    ...(key && { key }),
  });
const mine = async (as: string) => (await station.call<Mine>('insurance', 'GET /api/me/insurance', { as })).body;
const takeBack = async (as: string, key?: string) =>
  await station.call<Mine>('insurance', 'POST /api/me/insurance/remove', { as, body: {}, ...(key && { key }) });
const list = async (params: { eventId: string }, as = organiser) =>
  (await station.call<List>('insurance', 'GET /api/events/{eventId}/insurance', { as, params, query: { date: DATE } }))
    .body;
const file = async (params: { eventId: string }) =>
  String(
    (
      await station.call<string>('insurance', 'GET /api/events/{eventId}/insurance.csv', {
        as: organiser,
        params,
        query: { date: DATE },
      })
    ).body,
  ).split('\r\n');
const note = async (params: { eventId: string }, bookingId: string, document: object, as = organiser) =>
  await station.call<{ hasDocument: boolean; code?: string }>('insurance', 'POST /api/events/{eventId}/insurance', {
    as,
    params,
    body: { bookingId, document },
  });
const audits = async (eventId: string) =>
  (await station.store.query<AuditItem>({ pk: partitions.audit(eventId, '2026-11-23') })).items;

it('a volunteer says under which document they are insured; the number stands in the insurance list and nowhere else', async () => {
  const { params, slots } = await shown();
  const [volunteer, silent, gone] = [
    await aPerson(station.store, { name: '林见暖' }),
    await aPerson(station.store, { name: '王芳' }),
    await aPerson(station.store, { name: '赵去' }),
  ];
  await signUp(volunteer, slots[0]);
  await signUp(volunteer, slots[1]);
  await signUp(silent, slots[0]);
  const bookingId = await signUp(gone, slots[0]);
  await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', {
    as: gone,
    params: { bookingId },
    body: {},
  });

  const said = await say(volunteer, { type: 'resident', number: '１１０１０１ 19960501 0016' }, 'say-number-1');
  expect(said.body).toMatchObject({ document: { type: 'resident', lastFour: '0016' }, byOrganiser: false });
  expect(
    (await say(volunteer, { type: 'resident', number: '１１０１０１ 19960501 0016' }, 'say-number-1')).status,
  ).toBe(200);
  expect((await list(params)).items.map(({ name, hasDocument }) => [name, hasDocument])).toEqual(
    expect.arrayContaining([
      ['林见暖', true],
      ['王芳', false],
    ]),
  );
  const rows = await file(params);
  expect(rows.filter((row) => row.includes('林见暖'))).toEqual([`林见暖,居民身份证,\t${RESIDENT},${DATE},09:00,15:30`]);
  expect(rows.filter((row) => row.includes('王芳'))).toEqual([`王芳,,,${DATE},09:00,11:30`]);
  expect(rows.join()).not.toContain('赵去');

  const byAction = async (action: string) => (await audits(params.eventId)).filter((it) => it.action === action);
  expect((await byAction('event-insurance-read'))[0]?.subjects).toHaveLength(2);
  expect((await byAction('event-insurance-exported'))[0]?.subjects?.toSorted()).toEqual([volunteer, silent].toSorted());
  const kept = JSON.stringify(await allItems(station.names));
  expect(kept).not.toContain(RESIDENT);
  expect(JSON.stringify(station.world.lines)).not.toContain(RESIDENT);
});

it('a number with a slip of the hand, or of somebody of another age or sex, is refused and changes nothing', async () => {
  const volunteer = await aPerson(station.store);
  for (const number of ['110101199605010015', '110101199605020011', '12', '110101199605010024']) {
    const refused = await say(volunteer, { type: 'resident', number });
    expect(refused.body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'document.number' }] });
    expect(JSON.stringify(refused.body)).not.toContain(number);
  }
  expect(await mine(volunteer)).toEqual({});
});

it('what is taken back is gone, and a press that comes late does not bring it again; another can be said', async () => {
  const volunteer = await aPerson(station.store);
  await say(volunteer, PASSPORT, 'late-number-1');
  expect((await takeBack(volunteer, 'take-number-1')).body).toEqual({});
  expect((await takeBack(volunteer)).status).toBe(200);
  await say(volunteer, PASSPORT, 'late-number-1');
  expect(await mine(volunteer)).toEqual({});
  expect((await say(volunteer, { type: 'passport', number: 'E99990000' })).body.document?.lastFour).toBe('0000');
  expect((await say(volunteer, PASSPORT, 'late-number-1')).body.document?.lastFour).toBe('0000');
  expect((await say(volunteer, { type: 'passport', number: 'E1111222' }, 'late-number-1')).body.code).toBe(
    'idempotency-key-reused',
  );
});

it('an organiser notes what somebody shows who is signed up and has said none, and never over what they said', async () => {
  const { params, slots } = await shown();
  const [volunteer, own] = [await aPerson(station.store), await aPerson(station.store)];
  const [theirs, other] = [await signUp(volunteer, slots[0]), await signUp(own, slots[0])];
  expect((await note(params, theirs, PASSPORT)).body).toMatchObject({ hasDocument: true });
  expect(await mine(volunteer)).toMatchObject({ document: { lastFour: '5678' }, byOrganiser: true });
  await say(own, { type: 'passport', number: 'G20001111' });
  expect((await note(params, other, PASSPORT)).body.code).toBe('wrong-state');
  const refused = (await audits(params.eventId)).filter(({ action }) => action === 'insured-note-refused');
  expect(refused.map(({ subjects }) => subjects)).toEqual([[own]]);
  expect((await mine(own)).document?.lastFour).toBe('1111');
  expect((await note((await shown()).params, theirs, PASSPORT)).body.code).toBe('not-found');
  const exported = await station.call<{ items: object[] }>('me', 'GET /api/me/export', {
    as: volunteer,
    query: { part: 'insurance' },
  });
  expect(exported.body.items).toMatchObject([{ type: 'passport', byOrganiser: true }]);
});

it('only for an event that insures, and only its own organisation has the list', async () => {
  const plain = await shown({});
  expect((await list(plain.params)).code).toBe('wrong-state');
  const { params } = await shown();
  await anOrganisation(station.store, 'others');
  const stranger = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'others' }] });
  expect((await list(params, stranger)).code).toBe('forbidden');
});

it('who is forgotten is forgotten here too', async () => {
  const volunteer = await aPerson(station.store);
  await say(volunteer, PASSPORT);
  await station.call('me', 'POST /api/me/erase', { as: volunteer, body: { understood: true } });
  expect((await say(volunteer, { type: 'passport', number: 'E55554444' })).status).not.toBe(200);
  await station.later(60_000);
  const kept = (await allItems(station.names)).filter(
    ({ kind, personId }) => kind === 'insured' && personId === volunteer,
  );
  expect(kept).toEqual([]);
});
