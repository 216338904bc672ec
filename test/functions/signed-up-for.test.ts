import { beforeAll, beforeEach, expect, it } from 'vitest';
import { announceBooking } from '../../functions/events/common/announce-booking.ts';
import { MOST_LOOKUPS } from '../../shared/domain/second-fact.ts';
import { render } from '../../shared/notify/templates.ts';
import { createBookings } from '../../shared/store/bookings.ts';
import type { AuditItem, MessageItem } from '../../shared/store/items/index.ts';
import { keys, partitions } from '../../shared/store/keys.ts';
import { createTries } from '../../shared/store/tries.ts';
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
let phones = 0;
let phone = '';
beforeEach(() => {
  world.set(START);
  phones += 1;
  phone = `1380013${String(phones).padStart(4, '0')}`;
});

type View = { eventId: string; version: number; shifts: { slotId: string; shiftId: string }[] };
type Found = { items: { personId: string; name: string }[] };
type Made = { personId: string; name: string };
type SignedUp = { bookingId: string; status: string };

async function published(shifts = [aShiftInput()]) {
  const { body } = await two.call<View>('POST /api/events', { body: anEventInput({ shifts }) });
  const { eventId, version } = body;
  const shown = await two.call<View>('POST /api/events/{eventId}/publish', { params: { eventId }, body: { version } });
  return { eventId, slots: shown.body.shifts.map(({ slotId }) => slotId) };
}
const find = async (eventId: string, number: string) =>
  (await two.call<Found>('POST /api/events/{eventId}/people/find', { params: { eventId }, body: { phone: number } }))
    .body.items;
const add = async (eventId: string, more: object = {}) =>
  await two.call<Made>('POST /api/events/{eventId}/people', {
    params: { eventId },
    body: { name: '孙大爷', phone, birthDate: '1958-03-04', agreed: true, besides: [], ...more },
  });
const signUp = async (eventId: string, personId: string, slotId: string | undefined, key?: string) =>
  await two.call<SignedUp>('POST /api/events/{eventId}/sign-ups', {
    params: { eventId },
    body: { personId, slotId },
    ...(key && { key }),
  });

it('somebody without a smartphone calls: they are put on record, signed up and told by text whom to call', async () => {
  const { eventId, slots } = await published();
  expect(await find(eventId, phone)).toEqual([]);
  const { status, body: person } = await add(eventId);
  expect(status).toBe(201);
  const made = await signUp(eventId, person.personId, slots[0], 'one-call-1');
  expect(made).toMatchObject({ status: 201, body: { status: 'booked' } });
  // A phone that rang twice, a page pressed twice.
  expect((await signUp(eventId, person.personId, slots[0], 'one-call-1')).body).toEqual(made.body);

  expect(await createBookings(two.store).get(made.body.bookingId)).toMatchObject({ bookedBy: two.organiser });
  await announceBooking(
    {
      ...world,
      store: two.store,
      sites: async () => [],
      publicUrl: 'https://nuanliu.example',
      usedHoldSeconds: 0,
      quiet: undefined,
    },
    made.body.bookingId,
  );
  const { items } = await two.store.query<MessageItem>({ pk: partitions.messages(person.personId), consistent: true });
  const text = items.find(({ template }) => template === 'shift-booked-for');
  expect(text && render(text.template, 'zh', text.params)).toMatch(/已为您报名.*不能来请致电13800000011。$/);
  expect(items.map(({ template }) => template)).not.toContain('shift-booked');
});

it('who calls again is found by their number, by as much of their name as tells that it is them', async () => {
  const { eventId } = await published();
  const { body } = await add(eventId);
  const typed = ` +86 ${phone.slice(0, 3)} ${phone.slice(3)}`;
  expect(await find(eventId, typed)).toEqual([{ personId: body.personId, name: '孙＊＊' }]);
  // Whoever was not shown might be them.
  expect(await add(eventId, { name: '李奶奶' })).toMatchObject({ status: 409, body: { code: 'changed-meanwhile' } });
  expect((await add(eventId, { name: '李奶奶', besides: [body.personId] })).status).toBe(201);
  const seen = await two.store.query<AuditItem>({ pk: partitions.audit(eventId, '2026-11-23') });
  expect(seen.items.map(({ action }) => action)).toContain('volunteer-looked-up');
});

it('is held to the rules: time, age and skill, as anybody is', async () => {
  const at = { startsAtLocal: '2026-12-05T09:00', endsAtLocal: '2026-12-05T10:00' };
  const { eventId, slots } = await published([
    aShiftInput({ shiftId: 'one', ...at }),
    aShiftInput({ shiftId: 'same', ...at }),
    aShiftInput({ shiftId: 'old', minAge: 60, startsAtLocal: '2026-12-05T11:00', endsAtLocal: '2026-12-05T12:00' }),
    aShiftInput({
      shiftId: 'barber',
      needs: ['haircutting'],
      startsAtLocal: '2026-12-05T13:00',
      endsAtLocal: '2026-12-05T14:00',
    }),
  ]);
  const { body: person } = await add(eventId, { birthDate: '1970-03-04', skills: ['haircutting'] });
  const refused = async (n: number) =>
    (
      (await signUp(eventId, person.personId, slots[n])).body as unknown as { reasons?: { code: string }[] }
    ).reasons?.map(({ code }) => code);
  expect((await signUp(eventId, person.personId, slots[0])).status).toBe(201);
  expect(await refused(1)).toEqual(['overlap']);
  expect(await refused(2)).toEqual(['too-young']);
  expect((await signUp(eventId, person.personId, slots[3])).status).toBe(201);
  expect((await add(eventId, { name: '不会', birthDate: '2027-01-01', besides: [person.personId] })).status).toBe(400);
  // No shift of another event, though it is one's own.
  const other = await published();
  expect((await signUp(eventId, person.personId, other.slots[0])).status).toBe(404);
});

it('what a shift asks and nobody has said of themselves yet is put on record by a call, and what is on record stays', async () => {
  const at = (shiftId: string, hour: number, more: object) =>
    aShiftInput({ shiftId, startsAtLocal: `2026-12-05T${hour}:00`, endsAtLocal: `2026-12-05T${hour + 1}:00`, ...more });
  const { eventId, slots } = await published([
    at('old', 10, { minAge: 60 }),
    at('barber', 12, { needs: ['haircutting', 'sewing'] }),
  ]);
  // On record from before anybody was asked for a birth date.
  const personId = await aPerson(two.store, {
    name: '孙大爷',
    phone: `+86${phone}`,
    facts: { birthDate: undefined, qualifications: [{ qualification: 'sewing' }] } as never,
  });
  for (const [n, codes] of [['profile-incomplete'], ['profile-incomplete', 'skill-missing']].entries()) {
    const reasons = codes.map((code) => ({ code }));
    expect(await signUp(eventId, personId, slots[n])).toMatchObject({ status: 409, body: { reasons } });
  }
  const say = async (said: object, key?: string) =>
    await two.call<Made>('POST /api/events/{eventId}/people/{personId}/profile', {
      params: { eventId, personId },
      body: { phone, agreed: true, ...said },
      ...(key && { key }),
    });
  const said = { birthDate: '1950-03-04', skills: ['haircutting'] };
  // Only of whom one has on the phone.
  expect((await say({ ...said, phone: '13800990099' })).status).toBe(404);
  expect((await say({ ...said, birthDate: '2027-01-01' })).status).toBe(400);
  for (const _ of ['said', 'and once more, of a lost answer']) {
    expect(await say(said, 'said-on-the-phone')).toMatchObject({ status: 200, body: { personId, name: '孙＊＊' } });
  }
  for (const slotId of slots) expect((await signUp(eventId, personId, slotId)).status).toBe(201);
  // Neither changed, nor tried out until it is right.
  for (const birthDate of ['1950-03-04', '1950-03-05']) {
    expect(await say({ birthDate })).toMatchObject({ status: 400, body: { errors: [{ path: 'birthDate' }] } });
  }
  const { items } = await two.store.query<AuditItem>({ pk: partitions.audit(eventId, '2026-11-23') });
  const completed = items.filter(({ action }) => action === 'volunteer-completed');
  expect(completed.map(({ by, subjects }) => [by, subjects])).toEqual([[two.organiser, [personId]]]);
  expect(JSON.stringify(completed)).not.toContain('1950');
});

it('withdraws by a call too, past the time until which a page lets one, and the place is anyone’s again', async () => {
  const { eventId, slots } = await published([aShiftInput({ places: 1 })]);
  const { body: person } = await add(eventId);
  const { body } = await signUp(eventId, person.personId, slots[0]);
  const other = await aPerson(two.store);
  expect((await two.signUp(other, slots[0] ?? '')).status).toBe(409);
  world.set('2026-11-28T00:30:00.000Z');
  const withdraw = async (bookingId: string, id = eventId) =>
    await two.call<SignedUp>('POST /api/events/{eventId}/sign-ups/{bookingId}/cancel', {
      params: { eventId: id, bookingId },
      body: {},
    });
  expect(
    (
      await withdraw(
        body.bookingId,
        (
          await published([aShiftInput({ startsAtLocal: '2026-12-05T09:00', endsAtLocal: '2026-12-05T10:00' })])
        ).eventId,
      )
    ).status,
  ).toBe(404);
  expect(await withdraw(body.bookingId)).toMatchObject({ status: 200, body: { status: 'cancelled' } });
  expect((await two.signUp(other, slots[0] ?? '')).status).toBe(201);
  // Once it has begun, who came is the day's to say.
  const { items } = await two.store.query<{ bookingId: string; status: string }>({
    pk: partitions.bookings(other),
    consistent: true,
  });
  world.set('2026-11-28T01:00:00.000Z');
  expect(await withdraw(items[0]?.bookingId ?? '')).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
});

it('an organiser learns that somebody may not, and neither when their other shift is nor when they were born; it is recorded', async () => {
  const { body: theirs } = await two.call<View>('POST /api/events', {
    as: two.neighbour,
    body: anEventInput({
      organisationId: 'others',
      restMinutes: 480,
      shifts: [aShiftInput({ startsAtLocal: '2026-12-11T19:10', endsAtLocal: '2026-12-11T22:00' })],
    }),
  });
  const elsewhere = await two.call<View>('POST /api/events/{eventId}/publish', {
    as: two.neighbour,
    params: { eventId: theirs.eventId },
    body: { version: 1 },
  });
  const on = (shiftId: string, date: string, minAge?: number) =>
    aShiftInput({
      shiftId,
      startsAtLocal: `${date}T05:00`,
      endsAtLocal: `${date}T07:00`,
      ...(minAge && { minAge }),
    });
  const { eventId, slots } = await published([on('soon', '2026-12-12'), on('old', '2026-12-19', 18)]);
  const personId = await aPerson(two.store, { facts: { birthDate: '2010-03-04', guardianFor: ['helpers', 'others'] } });
  expect((await two.signUp(personId, elsewhere.body.shifts[0]?.slotId ?? '')).status).toBe(201);
  for (const [n, code, sentence] of [
    [0, 'rest-needed', '与对方报名的另一个班次之间休息不足8小时。'],
    [1, 'too-young', '这个岗位须年满18周岁。'],
  ] as const) {
    const { status, body } = await signUp(eventId, personId, slots[n]);
    expect([status, body]).toMatchObject([409, { reasons: [{ code, sentence }] }]);
    expect(JSON.stringify(body)).not.toMatch(/19:10|12-11|12月11日|2028/);
  }
  const { items } = await two.store.query<AuditItem>({ pk: partitions.audit(eventId, '2026-11-23') });
  const refused = items.filter(({ action }) => action === 'volunteer-sign-up-refused');
  expect(refused.map(({ by, subjects }) => [by, subjects])).toEqual([
    [two.organiser, [personId]],
    [two.organiser, [personId]],
  ]);
});

it('an organiser asks of no more numbers in a day than anybody calls, in whichever event and way', async () => {
  const { eventId } = await published();
  const as = await aPerson(two.store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
  const { body: known } = await add(eventId);
  const look = async (more: { id?: string; key?: string } = {}) =>
    await two.call<Found>('POST /api/events/{eventId}/people/find', {
      as,
      params: { eventId: more.id ?? eventId },
      body: { phone },
      ...(more.key && { key: more.key }),
    });
  const tries = createTries({ ...world, store: two.store });
  for (let n = 1; n < MOST_LOOKUPS; n += 1) {
    expect(await tries.mayTry(keys.lookupTries(as), { key: `${n}`, input: '' }, MOST_LOOKUPS)).toBe('yes');
  }
  expect((await look({ key: 'the-last-look-up' })).status).toBe(200);
  const usedUp = { status: 403, body: { code: 'lookups-used-up' } };
  expect(await look({ id: (await published()).eventId })).toMatchObject(usedUp);
  // Putting somebody on record, or adding to it, would tell the same.
  const called = { as, params: { eventId, personId: known.personId }, body: { phone, agreed: true } };
  const more = {
    as,
    params: { eventId },
    body: { ...called.body, name: '李奶奶', birthDate: '1955-01-01', besides: [] },
  };
  expect(await two.call('POST /api/events/{eventId}/people', more)).toMatchObject(usedUp);
  expect(await two.call('POST /api/events/{eventId}/people/{personId}/profile', called)).toMatchObject(usedUp);
  // Asked once more of a lost answer, it is the same look-up; another organiser has their own, and so has tomorrow.
  expect((await look({ key: 'the-last-look-up' })).status).toBe(200);
  expect(await find(eventId, phone)).toEqual([known]);
  world.set('2026-11-24T02:00:00.000Z');
  expect((await look()).status).toBe(200);
});
