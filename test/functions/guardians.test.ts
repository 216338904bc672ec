import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { AuditItem } from '../../shared/store/items/index.ts';
import { partitions } from '../../shared/store/keys.ts';
import { createPeople } from '../../shared/store/people.ts';
import { createSlots, takenOf } from '../../shared/store/slots.ts';
import { anEventInput, anOrganisation, aShiftInput } from '../builders/events.ts';
import { aPerson, UNDER_AGE } from '../builders/people.ts';
import { aStation, type Station } from '../support/station.ts';

const START = '2026-11-23T02:00:00.000Z';
let station: Station;
let organiser: string;
beforeAll(async () => {
  station = await aStation();
  await anOrganisation(station.store);
  await anOrganisation(station.store, 'others');
  organiser = await aPerson(station.store, {
    roles: [
      { role: 'organiser', scope: 'helpers' },
      { role: 'organiser', scope: 'others' },
    ],
  });
});
beforeEach(() => station.world.set(START));

type Guardian = { organisationId: string; status: string; how: string; phoneLast4?: string; signedOn?: string };
type Question = { who: string; guardian: string; status: string };
type View = { eventId: string; version: number; shifts: { slotId: string }[] };

/** A published event, and the slot of its one shift. */
async function shown(more: object = {}) {
  const { body } = await station.call<View>('events', 'POST /api/events', {
    as: organiser,
    body: anEventInput({ shifts: [aShiftInput()], ...more }),
  });
  const { eventId, version } = body;
  const done = await station.call<View>('events', 'POST /api/events/{eventId}/publish', {
    as: organiser,
    params: { eventId },
    body: { version },
  });
  return { eventId, slotId: done.body.shifts[0]?.slotId ?? '' };
}
const aMinor = async (more: Parameters<typeof aPerson>[1] = {}) =>
  await aPerson(station.store, { name: '李小雨', facts: UNDER_AGE, ...more });

let numbers = 0;
const aNumber = () => {
  numbers += 1;
  return `+86137${String(numbers).padStart(8, '0')}`;
};
const signUp = async (as: string, slotId: string) =>
  await station.call<{ bookingId: string; reasons?: { code: string; rule?: string }[] }>(
    'bookings',
    'POST /api/bookings',
    { as, body: { slotId } },
  );
const reasons = async (as: string, slotId: string) => (await signUp(as, slotId)).body.reasons?.map(({ code }) => code);
const ask = async (as: string, eventId: string, phone: string, key?: string) =>
  await station.call<Guardian>('guardians', 'POST /api/me/guardians', {
    as,
    body: { eventId, guardian: '李敏', relation: 'mother', phone },
    ...(key && { key }),
  });
const answer = async (code: string, step: 'give' | 'refuse' | 'withdraw', key?: string) =>
  await station.call<Question>('guardians', 'POST /api/guardians/{code}', {
    params: { code },
    body: { step },
    ...(key && { key }),
  });
const textsAt = (phone: string) => station.phone.filter(({ to }) => to === phone).map(({ text }) => text);
/** The code in the last text to a number. */
const codeAt = async (phone: string) => {
  await station.settle();
  return /\/g\/([a-z0-9]{12})/.exec(textsAt(phone).at(-1) ?? '')?.[1] ?? '';
};
const note = async (eventId: string, personId: string, more: object = {}, key?: string) =>
  await station.call<Guardian>('guardians', 'POST /api/events/{eventId}/guardians', {
    as: organiser,
    params: { eventId },
    body: { personId, guardian: '李敏', relation: 'mother', signedOn: '2026-11-22', ...more },
    ...(key && { key }),
  });
const withdraw = async (eventId: string, bookingId: string) =>
  await station.call<Guardian>('guardians', 'POST /api/events/{eventId}/guardians/withdraw', {
    as: organiser,
    params: { eventId },
    body: { bookingId },
  });
const mine = async (as: string) =>
  (await station.call<{ items: Guardian[] }>('guardians', 'GET /api/me/guardians', { as })).body.items;
const taken = async (slotId: string) => takenOf((await createSlots(station.store).whole(slotId))?.pools ?? []);

it('who is not of age signs up once their guardian has agreed by text, and is told that they have', async () => {
  const { eventId, slotId } = await shown();
  const minor = await aMinor();
  expect(await reasons(minor, slotId)).toEqual(['guardian-needed']);

  const phone = aNumber();
  expect((await ask(minor, eventId, phone)).body).toMatchObject({
    organisationId: 'helpers',
    status: 'asked',
    how: 'text',
    phoneLast4: phone.slice(-4),
  });
  const code = await codeAt(phone);
  expect(textsAt(phone)).toHaveLength(1);
  const question = await station.call<Question>('guardians', 'GET /api/guardians/{code}', { params: { code } });
  expect(question.body).toMatchObject({ who: '李＊＊', guardian: '李敏', status: 'asked' });
  expect(await reasons(minor, slotId)).toEqual(['guardian-needed']);

  expect((await answer(code, 'give', 'guardian-gives')).body.status).toBe('given');
  expect((await answer(code, 'give', 'guardian-gives')).status).toBe(200);
  await station.settle();
  expect(await station.textsTo(minor)).toEqual([expect.stringContaining('已同意')]);
  expect((await signUp(minor, slotId)).status).toBe(201);
});

it('a consent holds for every event of that organisation, and for no other', async () => {
  const [first, second, other] = [
    await shown(),
    await shown({ shifts: [aShiftInput({ startsAtLocal: '2026-11-29T09:00', endsAtLocal: '2026-11-29T11:00' })] }),
    await shown({
      organisationId: 'others',
      shifts: [aShiftInput({ startsAtLocal: '2026-11-30T09:00', endsAtLocal: '2026-11-30T11:00' })],
    }),
  ];
  const minor = await aMinor();
  await note(first.eventId, minor);
  expect((await signUp(minor, first.slotId)).status).toBe(201);
  expect((await signUp(minor, second.slotId)).status).toBe(201);
  expect(await reasons(minor, other.slotId)).toEqual(['guardian-needed']);
});

it('what was texted is for the guardian alone: the page and the export of who asked show neither text nor code', async () => {
  const { eventId } = await shown();
  const minor = await aMinor();
  const phone = aNumber();
  await ask(minor, eventId, phone);
  const code = await codeAt(phone);
  const messages = await station.call<{ items: unknown[] }>('me', 'GET /api/me/messages', { as: minor });
  expect(messages.body.items).toEqual([]);
  for (const part of ['guardians', 'messages', 'profile']) {
    const exported = await station.call('me', 'GET /api/me/export', { as: minor, query: { part } });
    expect(JSON.stringify(exported.body)).not.toContain(code);
  }
  expect(JSON.stringify(station.world.lines)).not.toMatch(new RegExp(`${code}|${phone.slice(1)}`));
});

it('a guardian who was asked at a wrong number can be asked at another: the first link opens nothing any more', async () => {
  const { eventId } = await shown();
  const minor = await aMinor();
  const [wrong, right] = [aNumber(), aNumber()];
  await ask(minor, eventId, wrong);
  const first = await codeAt(wrong);
  await ask(minor, eventId, right);
  const second = await codeAt(right);
  expect((await answer(first, 'give')).status).toBe(404);
  expect((await answer(second, 'give')).status).toBe(200);
});

it('nobody is their own guardian, nobody is pestered, and who is of age needs none', async () => {
  const { eventId } = await shown();
  const own = aNumber();
  const minor = await aMinor({ phone: own });
  expect((await ask(minor, eventId, own)).body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'phone' }] });
  expect((await ask(minor, eventId, '12')).body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'phone' }] });
  const phone = aNumber();
  for (let n = 0; n < 3; n += 1) expect((await ask(minor, eventId, phone)).status).toBe(200);
  expect((await ask(minor, eventId, phone)).body.code).toBe('asked-enough');
  station.world.advance(24 * 60 * 60_000);
  expect((await ask(minor, eventId, phone)).status).toBe(200);

  expect((await ask(await aPerson(station.store), eventId, aNumber())).body.code).toBe('guardian-not-needed');
  const unknown = await aPerson(station.store, { name: 'N', facts: { birthDate: undefined } as never });
  expect((await ask(unknown, eventId, aNumber())).body.code).toBe('birth-date-missing');
});

it('how old somebody is that nobody has said is asked before they sign up', async () => {
  const { slotId } = await shown();
  const unknown = await aPerson(station.store, { facts: { birthDate: undefined } as never });
  expect((await signUp(unknown, slotId)).body.reasons).toMatchObject([
    { code: 'profile-incomplete', rule: 'shift-of-age' },
  ]);
});

it('age is that on the shift’s own date: from the eighteenth birthday on nobody is asked', async () => {
  const of = (birthDate: string) => ({ facts: { birthDate } });
  const { slotId } = await shown();
  expect(await reasons(await aMinor(of('2008-11-29')), slotId)).toEqual(['guardian-needed']);
  expect((await signUp(await aMinor(of('2008-11-28')), slotId)).status).toBe(201);
});

it('a guardian takes a consent back: shifts to come are given up with it, and what was texted gives it again', async () => {
  const { eventId, slotId } = await shown();
  const minor = await aMinor();
  const phone = aNumber();
  await ask(minor, eventId, phone);
  const code = await codeAt(phone);
  await answer(code, 'give');
  const { bookingId } = (await signUp(minor, slotId)).body;
  expect(await taken(slotId)).toBe(1);

  expect((await answer(code, 'withdraw')).body.status).toBe('withdrawn');
  expect(await taken(slotId)).toBe(0);
  const booking = await station.call<{ status: string }>('bookings', 'GET /api/bookings/{bookingId}', {
    as: minor,
    params: { bookingId },
  });
  expect(booking.body.status).toBe('cancelled');
  expect(await reasons(minor, slotId)).toEqual(['guardian-needed']);
  await answer(code, 'give');
  expect((await signUp(minor, slotId)).status).toBe(201);
});

it('a guardian who refuses is not asked past: nothing may be signed up for, and they may say otherwise', async () => {
  const { eventId, slotId } = await shown();
  const minor = await aMinor();
  const phone = aNumber();
  await ask(minor, eventId, phone);
  const code = await codeAt(phone);
  expect((await answer(code, 'refuse')).body.status).toBe('refused');
  expect((await answer(code, 'withdraw')).body.code).toBe('wrong-state');
  expect(await mine(minor)).toMatchObject([{ status: 'refused' }]);
  expect(await reasons(minor, slotId)).toEqual(['guardian-needed']);
  expect((await answer(code, 'give')).status).toBe(200);
});

it('an organiser notes a consent on paper, once, with its date; nobody else can', async () => {
  const { eventId, slotId } = await shown();
  const minor = await aMinor();
  expect((await note(eventId, minor, { signedOn: '2026-11-24' })).body).toMatchObject({
    code: 'invalid-input',
    errors: [{ path: 'signedOn' }],
  });
  const noted = await note(eventId, minor, { phone: '13700001234' }, 'paper-noted-1');
  expect(noted.body).toMatchObject({ status: 'given', how: 'paper', signedOn: '2026-11-22', phoneLast4: '1234' });
  expect((await note(eventId, minor, { phone: '13700001234' }, 'paper-noted-1')).status).toBe(200);
  expect((await note(eventId, minor)).body.code).toBe('wrong-state');
  expect((await note(eventId, await aPerson(station.store))).body.code).toBe('guardian-not-needed');
  const stranger = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'strangers' }] });
  const theirs = await station.call('guardians', 'POST /api/events/{eventId}/guardians', {
    as: stranger,
    params: { eventId },
    body: { personId: minor, guardian: '甲', relation: 'other', signedOn: '2026-11-22' },
  });
  expect(theirs.body.code).toBe('forbidden');
  expect((await signUp(minor, slotId)).status).toBe(201);
  expect(await mine(minor)).toMatchObject([{ how: 'paper', status: 'given' }]);
});

it('a paper that the guardian signs whom a text has reached leaves them their link; another’s paper does not', async () => {
  const { eventId, slotId } = await shown();
  const asked = async (paper: object) => {
    const minor = await aMinor();
    const phone = aNumber();
    await ask(minor, eventId, phone);
    const code = await codeAt(phone);
    expect((await note(eventId, minor, paper)).body).toMatchObject({ status: 'given', how: 'paper' });
    return { minor, code, last4: phone.slice(-4) };
  };
  const { minor, code, last4 } = await asked({});
  expect(await mine(minor)).toMatchObject([{ phoneLast4: last4 }]);
  expect((await signUp(minor, slotId)).status).toBe(201);
  expect((await answer(code, 'withdraw')).body.status).toBe('withdrawn');
  expect(await reasons(minor, slotId)).toEqual(['guardian-needed']);
  await answer(code, 'give');
  expect(await mine(minor)).toMatchObject([{ status: 'given', how: 'text' }]);

  expect((await answer((await asked({ guardian: '李强', relation: 'father' })).code, 'withdraw')).status).toBe(404);
  expect((await answer((await asked({ phone: aNumber() })).code, 'withdraw')).status).toBe(404);
});

it('no number is texted more than six times a day about whomever; who is refused something else does not use it up', async () => {
  const { eventId } = await shown();
  const phone = aNumber();
  const adult = await aPerson(station.store);
  for (let n = 0; n < 7; n += 1) expect((await ask(adult, eventId, phone)).body.code).toBe('guardian-not-needed');
  const minors = await Promise.all(Array.from({ length: 7 }, async () => await aMinor()));
  for (const minor of minors.slice(0, 6)) expect((await ask(minor, eventId, phone)).status).toBe(200);
  expect((await ask(minors[6] ?? '', eventId, phone)).body.code).toBe('asked-enough');
  expect((await ask(minors[6] ?? '', eventId, aNumber())).status).toBe(200);
  station.world.advance(24 * 60 * 60_000);
  expect((await ask(minors[6] ?? '', eventId, phone)).status).toBe(200);
});

it('what a refused note tells of somebody is on record; whoever it is about is not their own guardian on paper either', async () => {
  const { eventId } = await shown();
  const [own, adult] = [aNumber(), await aPerson(station.store)];
  const minor = await aMinor({ phone: own });
  expect((await note(eventId, minor, { phone: own })).body).toMatchObject({
    code: 'invalid-input',
    errors: [{ path: 'phone' }],
  });
  expect((await note(eventId, adult)).body.code).toBe('guardian-not-needed');
  const records = await station.store.query<AuditItem>({ pk: partitions.audit(eventId, '2026-11-23') });
  expect(
    records.items.filter(({ action }) => action === 'guardian-note-refused').map(({ subjects }) => subjects),
  ).toEqual([[minor], [adult]]);
});

it('a guardian learns who asks: somebody without a name says theirs first', async () => {
  const { eventId } = await shown();
  const { body } = await ask(await aMinor({ name: '' }), eventId, aNumber());
  expect(body.code).toBe('own-name-missing');
});

it('an organiser notes that a guardian no longer agrees, and the place is free for others', async () => {
  const { eventId, slotId } = await shown();
  const minor = await aMinor();
  await note(eventId, minor);
  const { bookingId } = (await signUp(minor, slotId)).body;
  expect((await withdraw((await shown()).eventId, bookingId)).body.code).toBe('not-found');
  expect((await withdraw(eventId, bookingId)).body.status).toBe('withdrawn');
  expect((await withdraw(eventId, bookingId)).body.code).toBe('wrong-state');
  expect(await taken(slotId)).toBe(0);
});

it('the roster says whom to call about who is not of age', async () => {
  const { eventId, slotId } = await shown();
  const [minor, adult] = [await aMinor(), await aPerson(station.store, { name: '王芳' })];
  await note(eventId, minor, { phone: '13700001234' });
  await signUp(minor, slotId);
  await signUp(adult, slotId);
  const roster = await station.call<{ items: { name: string; underAge?: boolean; guardian?: object }[] }>(
    'events',
    'GET /api/events/{eventId}/roster',
    { as: organiser, params: { eventId }, query: { date: '2026-11-28' } },
  );
  const of = (name: string) => roster.body.items.find((line) => line.name === name)?.guardian;
  expect(of('李小雨')).toEqual({ name: '李敏', relation: 'mother', phone: '+8613700001234', agrees: true });
  expect(of('王芳')).toBeUndefined();
  expect(roster.body.items.map(({ name, underAge = false }) => [name, underAge])).toEqual(
    expect.arrayContaining([
      ['李小雨', true],
      ['王芳', false],
    ]),
  );
  const file = await station.call<string>('events', 'GET /api/events/{eventId}/roster.csv', {
    as: organiser,
    params: { eventId },
    query: { date: '2026-11-28' },
  });
  const rows = String(file.body).split('\r\n');
  expect(rows.find((row) => row.includes('李小雨'))).toMatch(
    /^09:00,11:30,Guide,李小雨,\d{4},已报名,,,李敏,'?\+8613700001234,/,
  );
  expect(rows.filter((row) => row.includes('王芳'))).toHaveLength(1);
});

it('a consent, a sign-up and a withdrawal at one moment leave nobody with a place they may not have', async () => {
  const { eventId, slotId } = await shown({
    shifts: [
      aShiftInput({ shiftId: 'first' }),
      aShiftInput({ startsAtLocal: '2026-11-28T13:00', endsAtLocal: '2026-11-28T15:00' }),
    ],
  });
  const minor = await aMinor();
  await note(eventId, minor);
  const { bookingId } = (await signUp(minor, slotId)).body;
  const second = (await station.deps.events.events.get(eventId))?.shifts[1]?.slotId ?? '';
  await Promise.all([signUp(minor, second), withdraw(eventId, bookingId), signUp(minor, second)]);
  const lock = await createPeople(station.store).lock(minor);
  expect(lock?.facts.guardianFor).toBeUndefined();
  expect([await taken(slotId), await taken(second), lock?.commitments.length]).toEqual([0, 0, 0]);
});

it('who is erased takes with them what their guardian was texted', async () => {
  const { eventId } = await shown();
  const minor = await aMinor();
  const phone = aNumber();
  await ask(minor, eventId, phone);
  const code = await codeAt(phone);
  await station.call('me', 'POST /api/me/erase', { as: minor, body: { understood: true } });
  expect((await answer(code, 'give')).status).toBe(404);
  await station.later(60_000);
  expect((await station.call('guardians', 'GET /api/guardians/{code}', { params: { code } })).status).toBe(404);
});
