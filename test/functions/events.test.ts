import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { eventsRoutes } from '../../functions/http/events/index.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import type { Store } from '../../shared/store/client.ts';
import type { AuditItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { anEventInput, aShiftInput } from '../builders/events.ts';
import { aPerson } from '../builders/people.ts';
import type { Call } from '../support/api.ts';
import { twoOrganisations } from '../support/organisers.ts';
import { testWorld } from '../support/world.ts';

type Shift = { shiftId: string; slotId: string; startsAt: string; date: string; places: number; free?: number };
type View = { eventId: string; status: string; version: number; title: { en: string }; shifts: Shift[] };
type List<T> = { items: T[]; cursor?: string };

const START = '2026-11-23T02:00:00.000Z';
const world = testWorld(START);
let two: Awaited<ReturnType<typeof twoOrganisations>>;
let store: Store;
let organiser: string;
let stranger: string;

beforeAll(async () => {
  two = await twoOrganisations(world);
  ({ store, organiser, neighbour: stranger } = two);
});

let minutes = 0;
beforeEach(() => {
  // Each a little later than the one before: what is remembered for a moment is over.
  minutes += 1;
  world.set(START);
  world.advance(minutes * 60_000);
});

const call = <T = Problem>(route: keyof typeof eventsRoutes, more: Call = {}) => two.call<T>(route, more);
const draft = async (input: object = {}, more: Call = {}) =>
  await call<View>('POST /api/events', { body: anEventInput(input as Record<string, unknown>), ...more });
const act = (what: 'publish' | 'cancel', { eventId, version }: View, more: Call = {}) =>
  call<View>(`POST /api/events/{eventId}/${what}`, { params: { eventId }, body: { version }, ...more });
const published = async (input: object = {}) => {
  const made = await draft(input);
  expect(made.status).toBe(201);
  const answer = await act('publish', made.body);
  expect(answer.status).toBe(200);
  return answer.body;
};
/** As the public sees it a moment later. */
const seen = async (eventId: string) => {
  world.advance(2_000);
  return await call<View>('GET /api/events/{eventId}', { params: { eventId } });
};
const listed = async (query?: Record<string, string>) => {
  world.advance(2_000);
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const all = { ...query, ...(cursor && { cursor }) };
    const page = await call<List<View>>('GET /api/events', { query: all });
    expect(page.status).toBe(200);
    ids.push(...page.body.items.map(({ eventId }) => eventId));
    cursor = page.body.cursor;
  } while (cursor);
  return ids;
};
const signUp = (as: string, slotId: string) => two.signUp(as, slotId);
const slotOf = ({ shifts }: View) => (shifts[0] as Shift).slotId;

describe('a draft', () => {
  it('is its organisation’s alone: the public does not see it and nobody can sign up', async () => {
    const { status, body } = await draft();
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'draft', version: 1, shifts: [{ startsAt: '2026-11-28T01:00:00.000Z' }] });
    expect(body.shifts[0]).not.toHaveProperty('free');

    expect((await seen(body.eventId)).status).toBe(404);
    expect(await listed()).not.toContain(body.eventId);
    expect((await signUp(await aPerson(store), slotOf(body))).status).toBe(404);
    const mine = await call<List<View>>('GET /api/organisations/{organisationId}/events', {
      params: { organisationId: 'helpers' },
    });
    expect(mine.body.items.map(({ eventId }) => eventId)).toContain(body.eventId);
  });

  it('sent twice under one key is drafted once; the same key with other input is refused', async () => {
    const key = 'draft-twice-1';
    const first = await draft({}, { key });
    const again = await draft({}, { key });
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(await draft({ community: { zh: '别处', en: 'Elsewhere' } }, { key })).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
  });

  it('is changed by whoever saw it last, and not by one who saw it earlier', async () => {
    const { body } = await draft();
    const edit = (title: string, version: number) =>
      call<View>('PUT /api/events/{eventId}', {
        params: { eventId: body.eventId },
        body: anEventInput({ title: { zh: title, en: title }, version, conditions: undefined }),
      });
    expect(await edit('Second', 1)).toMatchObject({ status: 200, body: { version: 2, title: { en: 'Second' } } });
    expect((await edit('Third', 2)).body).not.toHaveProperty('conditions');
    expect(await edit('Late', 1)).toMatchObject({ status: 409, body: { code: 'changed-meanwhile' } });
  });

  it.each<[string, object, string]>([
    ['a shift that ends before it begins', aShiftInput({ endsAtLocal: '2026-11-28T08:00' }), 'shifts.0.endsAtLocal'],
    ['a date that does not exist', aShiftInput({ startsAtLocal: '2026-02-30T08:00' }), 'shifts.0.startsAtLocal'],
  ])('with %s is refused, naming the field', async (_, shift, path) => {
    const answer = await draft({ shifts: [shift] });
    expect(answer).toMatchObject({ status: 422, body: { code: 'event-incomplete', errors: [{ path }] } });
  });

  it('with a shift at an hour that clocks jump over is refused, and so are more places than one event may open', async () => {
    const night = aShiftInput({ startsAtLocal: '2027-03-28T02:15', endsAtLocal: '2027-03-28T05:00' });
    expect(await draft({ zone: 'Europe/Berlin', shifts: [night] })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'shifts.0.startsAtLocal' }] },
    });
    const shifts = Array.from({ length: 6 }, (_, n) => aShiftInput({ shiftId: `s${n}`, places: 500 }));
    expect(await draft({ shifts })).toMatchObject({ status: 422, body: { errors: [{ path: 'shifts' }] } });
  });

  it('cannot be made, seen or changed by another organisation', async () => {
    expect((await draft({}, { as: stranger })).status).toBe(403);
    const { body } = await draft();
    expect((await act('publish', body, { as: stranger })).status).toBe(404);
    expect((await act('cancel', body, { as: stranger })).status).toBe(404);
    const list = { params: { organisationId: 'helpers' }, as: stranger };
    expect((await call('GET /api/organisations/{organisationId}/events', list)).status).toBe(403);
    expect((await draft({}, { as: await aPerson(store) })).status).toBe(403);
  });

  it('is withdrawn without a trace for the public', async () => {
    const { body } = await draft();
    expect(await act('cancel', body)).toMatchObject({ status: 200, body: { status: 'cancelled', version: 2 } });
    expect((await seen(body.eventId)).status).toBe(404);
    expect(await act('publish', { ...body, version: 2 })).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
  });
});

describe('publishing', () => {
  it('opens every shift with all its places and shows the event', async () => {
    const shifts = [aShiftInput({ places: 60 }), aShiftInput({ shiftId: 'tea', places: 2 })];
    const event = await published({ shifts });
    expect(event.shifts.map(({ free }) => free)).toEqual([60, 2]);
    expect(await listed()).toContain(event.eventId);
    const volunteer = await aPerson(store);
    expect((await signUp(volunteer, slotOf(event))).status).toBe(201);
    expect((await seen(event.eventId)).body.shifts.map(({ free }) => free)).toEqual([59, 2]);
  });

  it('twice under one key answers as the first did; under another it is no longer a draft', async () => {
    const { body } = await draft();
    const key = 'publish-twice-1';
    const [one, other] = await Promise.all([act('publish', body, { key }), act('publish', body, { key })]);
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(one.body.version).toBe(2);
    expect(other.body.version).toBe(2);
    expect(await act('publish', body)).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
  });

  it('needs a complete notice and shifts that are still to come', async () => {
    const { body } = await draft({ risks: undefined, support: undefined });
    expect(await act('publish', body)).toMatchObject({
      status: 422,
      body: { code: 'event-incomplete', errors: [{ path: 'risks' }, { path: 'support' }] },
    });
    const late = await draft();
    world.set('2026-11-28T01:00:00.000Z');
    expect(await act('publish', late.body)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'shifts.0.startsAtLocal' }] },
    });
  });

  it('closes the draft to changes', async () => {
    const event = await published();
    const body = anEventInput({ version: event.version });
    expect(await call('PUT /api/events/{eventId}', { params: { eventId: event.eventId }, body })).toMatchObject({
      status: 409,
      body: { code: 'wrong-state' },
    });
  });
});

describe('the public list', () => {
  it('has the soonest end first, page by page, and leaves out what is over unless asked for', async () => {
    const on = (date: string) => [aShiftInput({ startsAtLocal: `${date}T09:00`, endsAtLocal: `${date}T10:00` })];
    const later = await published({ shifts: on('2026-12-20') });
    const sooner = await published({ shifts: on('2026-12-19') });
    const first = await published({ shifts: on('2026-11-25') });
    const mine = new Set([later.eventId, sooner.eventId, first.eventId]);
    const order = async (query?: Record<string, string>) => (await listed(query)).filter((id) => mine.has(id));
    expect(await order({ limit: '1' })).toEqual([first.eventId, sooner.eventId, later.eventId]);
    expect(await order({ from: '2026-12-20' })).toEqual([later.eventId]);
    world.set('2026-12-19T02:00:00.000Z');
    expect(await order()).toEqual([later.eventId]);
    expect(await order({ from: '2026-12-19' })).toEqual([sooner.eventId, later.eventId]);
  });

  it('refuses a cursor that is none of its own', async () => {
    expect((await call('GET /api/events', { query: { cursor: 'bm8=' } })).body.code).toBe('invalid-input');
  });
});

describe('cancelling', () => {
  it('ends sign-up at once and takes the event off the list', async () => {
    const event = await published();
    expect(await act('cancel', event)).toMatchObject({ status: 200, body: { status: 'cancelling', version: 3 } });
    expect((await signUp(await aPerson(store), slotOf(event))).body.reasons).toMatchObject([{ code: 'slot-closed' }]);
    expect(await listed()).not.toContain(event.eventId);
    expect((await seen(event.eventId)).status).toBe(404);
  });

  it('asks for the version that was seen, and for an event that is not over', async () => {
    const event = await published();
    expect(await act('cancel', { ...event, version: 1 })).toMatchObject({
      status: 409,
      body: { code: 'changed-meanwhile' },
    });
    expect((await act('cancel', event, { as: stranger })).status).toBe(403);
    world.set('2026-11-28T03:30:00.000Z');
    expect(await act('cancel', event)).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
  });
});

describe('the roster', () => {
  it('shows an organiser who is coming, with no more of a number than its end, and the read is on record', async () => {
    const event = await published();
    const volunteer = await aPerson(store, { name: '顾晓舟', phone: '+8613900001234' });
    await signUp(volunteer, slotOf(event));
    const ask = { params: { eventId: event.eventId }, query: { date: '2026-11-28' } };
    const answer = await call<List<object>>('GET /api/events/{eventId}/roster', ask);
    expect(answer.body.items).toMatchObject([
      { shiftId: 'guide', status: 'booked', name: '顾晓舟', phoneLast4: '1234', startsAt: '2026-11-28T01:00:00.000Z' },
    ]);
    expect(JSON.stringify(answer.body)).not.toContain('13900001234');

    const { pk } = keys.audit(event.eventId, '2026-11-23', '', '');
    expect((await store.query<AuditItem>({ pk })).items).toMatchObject([
      { by: organiser, action: 'event-roster-read', subjects: [volunteer] },
    ]);
  });

  it('is for the organisation’s own organisers', async () => {
    const event = await published();
    const ask = { params: { eventId: event.eventId }, query: { date: '2026-11-28' } };
    expect((await call('GET /api/events/{eventId}/roster', { ...ask, as: stranger })).status).toBe(403);
    expect((await call('GET /api/events/{eventId}/roster', { ...ask, as: await aPerson(store) })).status).toBe(403);
  });
});

describe('what somebody can do now', () => {
  type Open = List<{ eventId: string; slotIds: string[] }>;
  const openTo = async (as: string) => {
    world.advance(2_000);
    const { body } = await call<Open>('GET /api/me/open-shifts', { as, query: { limit: '100' } });
    return body.items.flatMap(({ slotIds }) => slotIds);
  };

  it('is every shift with room that their age, skills and time allow, and no other', async () => {
    const event = await published({
      shifts: [
        aShiftInput({ shiftId: 'any', places: 1 }),
        aShiftInput({ shiftId: 'old', minAge: 60, startsAtLocal: '2026-12-12T09:00', endsAtLocal: '2026-12-12T10:00' }),
        aShiftInput({
          shiftId: 'barber',
          needs: ['haircutting'],
          startsAtLocal: '2026-12-12T09:00',
          endsAtLocal: '2026-12-12T10:00',
        }),
      ],
    });
    const slot = (shiftId: string) => event.shifts.find((each) => each.shiftId === shiftId)?.slotId ?? '';
    const who = await aPerson(store);
    const mine = async () => (await openTo(who)).filter((slotId) => slotId.startsWith(event.eventId));
    expect(await mine()).toEqual([slot('any')]);

    const saying = await call('PUT /api/me/qualifications', { as: who, body: { skills: ['haircutting'] } });
    expect(saying.status).toBe(200);
    expect(await mine()).toEqual([slot('any'), slot('barber')]);

    expect((await signUp(await aPerson(store), slot('any'))).status).toBe(201);
    expect(await mine()).toEqual([slot('barber')]);
    expect((await signUp(who, slot('barber'))).status).toBe(201);
    expect(await mine()).toEqual([]);
  });
});

describe('what an organiser asks of how much one person takes on', () => {
  const day = (shiftId: string, date: string, from: string, to: string) =>
    aShiftInput({ shiftId, startsAtLocal: `${date}T${from}`, endsAtLocal: `${date}T${to}` });

  it('is said with the event, and holds for every sign-up', async () => {
    const event = await published({
      restMinutes: 480,
      mostShifts: 2,
      shifts: [
        day('night', '2026-12-18', '20:00', '23:00'),
        day('dawn', '2026-12-19', '06:30', '09:00'),
        day('noon', '2026-12-19', '12:00', '14:00'),
        day('later', '2026-12-26', '12:00', '14:00'),
      ],
    });
    expect(event).toMatchObject({ restMinutes: 480, mostShifts: 2 });
    const slot = (shiftId: string) => event.shifts.find((each) => each.shiftId === shiftId)?.slotId ?? '';
    const who = await aPerson(store);
    const refusal = async (shiftId: string) => {
      const { body } = await signUp(who, slot(shiftId));
      return (body.reasons ?? []).map(({ code }) => code);
    };
    expect((await signUp(who, slot('night'))).status).toBe(201);
    expect(await refusal('dawn')).toEqual(['rest-needed']);
    // Also the morning after, when the night is over.
    world.set('2026-12-18T20:00:00.000Z');
    expect(await refusal('dawn')).toEqual(['rest-needed']);
    expect((await signUp(who, slot('noon'))).status).toBe(201);
    expect(await refusal('later')).toEqual(['shift-cap']);
    // A week on, in another writing of the lock, both are counted still.
    world.set('2026-12-25T02:00:00.000Z');
    const elsewhere = await published({ shifts: [day('any', '2026-12-27', '09:00', '10:00')] });
    expect((await signUp(who, elsewhere.shifts[0]?.slotId ?? '')).status).toBe(201);
    expect(await refusal('later')).toEqual(['shift-cap']);
  });

  it('counts the shifts that were over when it was set', async () => {
    const shifts = [day('one', '2026-12-01', '09:00', '10:00'), day('two', '2026-12-05', '09:00', '10:00')];
    const event = await published({ shifts });
    const who = await aPerson(store);
    expect((await signUp(who, event.shifts[0]?.slotId ?? '')).status).toBe(201);
    // Two days after it, the lock is written for something else.
    world.set('2026-12-03T02:00:00.000Z');
    const elsewhere = await published({ shifts: [day('any', '2026-12-20', '09:00', '10:00')] });
    expect((await signUp(who, elsewhere.shifts[0]?.slotId ?? '')).status).toBe(201);
    const { organisationId: _, ...input } = anEventInput({ shifts, mostShifts: 1 });
    const changed = await call<View>('POST /api/events/{eventId}/changes', {
      params: { eventId: event.eventId },
      body: { ...input, scope: 'this', version: event.version },
    });
    expect(changed.status).toBe(200);
    const { body } = await signUp(who, event.shifts[1]?.slotId ?? '');
    expect(body.reasons?.map(({ code }) => code)).toEqual(['shift-cap']);
  });

  it('gives way to a shift that is given up', async () => {
    const event = await published({
      mostShifts: 1,
      shifts: [day('one', '2026-12-19', '09:00', '10:00'), day('two', '2026-12-19', '11:00', '12:00')],
    });
    const [one, two_] = event.shifts.map(({ slotId }) => slotId);
    const who = await aPerson(store);
    const { body } = await signUp(who, one ?? '');
    expect((await signUp(who, two_ ?? '')).status).toBe(409);
    expect((await two.cancel(who, body.bookingId)).status).toBe(200);
    expect((await signUp(who, two_ ?? '')).status).toBe(201);
  });

  it('cannot count a person’s shifts over longer than they are remembered', async () => {
    const { status, body } = await draft({
      mostShifts: 1,
      shifts: [day('one', '2026-12-19', '09:00', '10:00'), day('two', '2027-01-20', '11:00', '12:00')],
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'event-incomplete', errors: [{ path: 'mostShifts' }] });
  });
});
