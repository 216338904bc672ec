import { beforeAll, beforeEach, expect, it } from 'vitest';
import { cancelEventBookings } from '../../shared/store/events.ts';
import { createPeople } from '../../shared/store/people.ts';
import { createSlots, takenOf } from '../../shared/store/slots.ts';
import { anEventInput, anOrganisation, aShiftInput } from '../builders/events.ts';
import { aPerson, UNDER_AGE } from '../builders/people.ts';
import { aStation, type Station } from '../support/station.ts';

const START = '2026-11-23T02:00:00.000Z';
const HOUR = 60 * 60_000;
let station: Station;
let organiser: string;
beforeAll(async () => {
  station = await aStation();
  await anOrganisation(station.store);
  organiser = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
});
beforeEach(() => station.world.set(START));

type Seat = { n: number; name: string; status: string; left?: boolean; code?: string };
type Team = { teamId: string; bookingId: string; until: string; seats: Seat[] };
type Refused = { reasons?: { code: string; params?: object; sentence: string }[] };
type View = { eventId: string; version: number; shifts: { slotId: string; free?: number }[] };

async function shown(more: { places?: number; event?: object } = {}) {
  const { body } = await station.call<View>('events', 'POST /api/events', {
    as: organiser,
    body: anEventInput({ mostTeam: 6, shifts: [aShiftInput({ places: more.places ?? 6 })], ...more.event }),
  });
  const { eventId, version } = body;
  const done = await station.call<View>('events', 'POST /api/events/{eventId}/publish', {
    as: organiser,
    params: { eventId },
    body: { version },
  });
  return { eventId, slotId: done.body.shifts[0]?.slotId ?? '' };
}
type Shown = Awaited<ReturnType<typeof shown>>;

const make = async (as: string, { eventId, slotId }: Shown, members: string[], key?: string) =>
  await station.call<Team & Refused>('teams', 'POST /api/events/{eventId}/teams', {
    as,
    params: { eventId },
    body: { slotId, name: '云汀三中', members },
    ...(key && { key }),
  });
const onSeat = async <T = Team>(
  as: string,
  { eventId }: Shown,
  teamId: string,
  n: number,
  step: 'rename' | 'withdraw',
  body: object = {},
) =>
  await station.call<T & Refused>('teams', `POST /api/events/{eventId}/teams/{teamId}/seats/{n}/${step}`, {
    as,
    params: { eventId, teamId, n: String(n) },
    body,
  });
const say = async (
  as: string,
  { eventId }: Shown,
  teamId: string,
  code: string,
  step: 'accept' | 'decline',
  key?: string,
) =>
  await station.call<{ bookingId: string; status: string } & Refused>(
    'teams',
    `POST /api/events/{eventId}/teams/{teamId}/${step}`,
    { as, params: { eventId, teamId }, body: { code }, ...(key && { key }) },
  );
const codes = ({ body }: { body: Refused }) => body.reasons?.map(({ code }) => code);
const taken = async ({ slotId }: Shown) => takenOf((await createSlots(station.store).whole(slotId))?.pools ?? []);
const free = async ({ slotId }: Shown) =>
  (await createSlots(station.store).whole(slotId))?.pools.reduce((sum, pool) => sum + pool.free, 0);
const held = async ({ slotId }: Shown) =>
  (await createSlots(station.store).whole(slotId))?.pools.reduce((sum, pool) => sum + (pool.held ?? 0), 0);
const holds = async (personId: string) => (await createPeople(station.store).lock(personId))?.commitments.length;
const mine = async (as: string, { eventId }: Shown) =>
  (await station.call<{ items: Team[] }>('teams', 'GET /api/events/{eventId}/teams', { as, params: { eventId } })).body
    .items;
const signUp = async (as: string, slotId: string) =>
  await station.call<{ bookingId: string } & Refused>('bookings', 'POST /api/bookings', { as, body: { slotId } });

it('a lead signs a team up: a place is kept for each who is named, and is theirs once they accept', async () => {
  const event = await shown();
  const [lead, member] = [await aPerson(station.store, { name: '周老师' }), await aPerson(station.store)];
  const made = await make(lead, event, ['小红', '小明'], 'one-team-1');
  expect(made).toMatchObject({ status: 201, body: { seats: [{ status: 'asked' }, { status: 'asked' }] } });
  expect((await make(lead, event, ['小红', '小明'], 'one-team-1')).body.teamId).toBe(made.body.teamId);
  expect([await taken(event), await holds(lead)]).toEqual([3, 1]);

  const { teamId, seats } = made.body;
  const code = seats[0]?.code ?? '';
  const place = await station.call('teams', 'GET /api/events/{eventId}/teams/{teamId}/place', {
    params: { eventId: event.eventId, teamId },
    query: { code },
  });
  expect(place.body).toMatchObject({ team: '云汀三中', name: '小红', status: 'asked' });
  expect(JSON.stringify(place.body)).not.toMatch(/周老师|小明/);

  const yes = await say(member, event, teamId, code, 'accept', 'one-yes-1');
  expect(yes.status).toBe(201);
  expect((await say(member, event, teamId, code, 'accept', 'one-yes-1')).body.bookingId).toBe(yes.body.bookingId);
  expect([await taken(event), await holds(member)]).toEqual([3, 1]);
  expect((await mine(lead, event))[0]?.seats).toMatchObject([{ status: 'accepted' }, { status: 'asked' }]);

  const roster = await station.call<{ items: { team?: string }[] }>('events', 'GET /api/events/{eventId}/roster', {
    as: organiser,
    params: { eventId: event.eventId },
    query: { date: '2026-11-28' },
  });
  expect(roster.body.items.map(({ team }) => team)).toEqual(['云汀三中', '云汀三中']);
});

it('all of a team have places or nobody has: with too few left it is refused, and says how many there are', async () => {
  const event = await shown({ places: 3 });
  const lead = await aPerson(station.store);
  const answer = await make(lead, event, ['甲', '乙', '丙']);
  expect([answer.status, codes(answer)]).toEqual([409, ['team-full']]);
  expect(answer.body.reasons?.[0]?.sentence).toContain('3');
  expect([await taken(event), await holds(lead)]).toEqual([0, 0]);
  expect((await make(lead, event, ['甲', '乙'])).status).toBe(201);
  expect(await free(event)).toBe(0);
});

it('a team has no more than its event allows, and none where it allows none', async () => {
  const event = await shown({ places: 10, event: { mostTeam: 3 } });
  const lead = await aPerson(station.store);
  expect((await make(lead, event, ['甲', '乙', '丙'])).body).toMatchObject({
    code: 'invalid-input',
    errors: [{ path: 'members' }],
  });
  expect((await make(lead, await shown({ event: { mostTeam: undefined } }), ['甲'])).body.code).toBe('wrong-state');
});

it('of several who have one link one has the place; another’s code, or one made up, opens nothing', async () => {
  const event = await shown();
  const { teamId, seats } = (await make(await aPerson(station.store), event, ['小红'])).body;
  const code = seats[0]?.code ?? '';
  const people = await Promise.all(Array.from({ length: 4 }, async () => await aPerson(station.store)));
  const answers = await Promise.all(people.map(async (as) => await say(as, event, teamId, code, 'accept')));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
  expect(await taken(event)).toBe(2);
  expect((await say(people[0] ?? '', event, teamId, 'aaaaaaaaaaaa', 'accept')).status).toBe(404);
});

it('whoever is named is held to the rules as anybody: age, a guardian, and what they have taken already', async () => {
  const event = await shown();
  const lead = await aPerson(station.store);
  const { teamId, seats } = (await make(lead, event, ['小红'])).body;
  const code = seats[0]?.code ?? '';
  expect(codes(await say(await aPerson(station.store, { facts: UNDER_AGE }), event, teamId, code, 'accept'))).toEqual([
    'guardian-needed',
  ]);
  expect(codes(await say(lead, event, teamId, code, 'accept'))).toEqual(['overlap']);
  expect((await mine(lead, event))[0]?.seats).toMatchObject([{ status: 'asked' }]);
});

it('what nobody has accepted in time is everybody’s, once, and nobody can accept it any more', async () => {
  const event = await shown({ places: 3 });
  const lead = await aPerson(station.store);
  const { teamId, seats, until } = (await make(lead, event, ['甲', '乙'])).body;
  expect(until).toBe('2026-11-25T02:00:00.000Z');
  const yes = await aPerson(station.store);
  await say(yes, event, teamId, seats[0]?.code ?? '', 'accept');
  station.world.set('2026-11-25T02:00:00.000Z');
  const late = await say(await aPerson(station.store), event, teamId, seats[1]?.code ?? '', 'accept');
  expect(codes(late)).toEqual(['team-place-over']);
  expect((await mine(lead, event))[0]?.seats).toMatchObject([{ status: 'accepted' }, { status: 'lapsed' }]);
  await Promise.all([station.tick(), station.tick()]);
  await station.tick();
  expect([await taken(event), await free(event)]).toEqual([2, 1]);
  expect((await signUp(await aPerson(station.store), event.slotId)).status).toBe(201);
});

it('a place that is declined, or that the lead takes back, is the first’s who waits', async () => {
  const event = await shown({ places: 3 });
  const lead = await aPerson(station.store);
  const { teamId, seats } = (await make(lead, event, ['甲', '乙'])).body;
  const waiter = await aPerson(station.store);
  const waits = await station.call('waiting', 'POST /api/waiting', {
    as: waiter,
    body: { slotId: event.slotId, anyTime: false },
  });
  expect(waits.status).toBe(201);
  expect((await say(await aPerson(station.store), event, teamId, seats[0]?.code ?? '', 'decline')).body.status).toBe(
    'declined',
  );
  expect([await free(event), await held(event)]).toEqual([0, 1]);
  expect((await onSeat(lead, event, teamId, 1, 'withdraw')).body.seats).toMatchObject([
    { status: 'declined' },
    { status: 'withdrawn' },
  ]);
  expect(codes(await onSeat(lead, event, teamId, 0, 'withdraw'))).toEqual(['team-place-over']);
  expect((await held(event)) ?? 0).toBe(2);
});

it('a lead keeps a place for somebody else: the link that was sent before opens nothing', async () => {
  const event = await shown();
  const lead = await aPerson(station.store);
  const { teamId, seats } = (await make(lead, event, ['小红'])).body;
  const renamed = await onSeat(lead, event, teamId, 0, 'rename', { name: '小蓝' });
  expect(renamed.body.seats).toMatchObject([{ name: '小蓝', status: 'asked' }]);
  const member = await aPerson(station.store);
  expect((await say(member, event, teamId, seats[0]?.code ?? '', 'accept')).status).toBe(404);
  expect((await say(member, event, teamId, renamed.body.seats[0]?.code ?? '', 'accept')).status).toBe(201);
  expect(codes(await onSeat(lead, event, teamId, 0, 'rename', { name: '小绿' }))).toEqual(['team-place-over']);
  expect((await onSeat(member, event, teamId, 0, 'withdraw')).status).toBe(404);
});

it('nobody keeps one team’s places after another’s: the next begins when the first is complete', async () => {
  const event = await shown({ event: { shifts: [aShiftInput({ places: 40 }), later()] } });
  const second = { ...event, slotId: event.slotId.replace('0900_guide', '1300_later') };
  for (let n = 0; n < 8; n += 1) {
    const lead = await aPerson(station.store);
    const answers = await Promise.all([make(lead, event, ['甲']), make(lead, second, ['乙'])]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(answers.flatMap(codes)).toContain('team-open');
    const [team] = await mine(lead, event);
    await onSeat(lead, event, team?.teamId ?? '', 0, 'withdraw');
    const other = answers[0]?.status === 201 ? second : event;
    expect((await make(lead, other, ['丙'])).status).toBe(201);
  }
});
const later = () =>
  aShiftInput({
    shiftId: 'later',
    places: 40,
    startsAtLocal: '2026-11-28T13:00',
    endsAtLocal: '2026-11-28T15:00',
  });

it('is too late for a team where nobody could answer any more', async () => {
  const event = await shown();
  station.world.set('2026-11-27T22:30:00.000Z');
  expect(codes(await make(await aPerson(station.store), event, ['甲']))).toEqual(['team-too-late']);
});

it('a place somebody accepted and gave up later is not the team’s any more', async () => {
  const event = await shown({ places: 2 });
  const lead = await aPerson(station.store);
  const member = await aPerson(station.store);
  const { teamId, seats } = (await make(lead, event, ['甲'])).body;
  const { bookingId } = (await say(member, event, teamId, seats[0]?.code ?? '', 'accept')).body;
  await station.call('bookings', 'POST /api/bookings/{bookingId}/cancel', {
    as: member,
    params: { bookingId },
    body: {},
  });
  expect((await mine(lead, event))[0]?.seats).toMatchObject([{ status: 'accepted', left: true }]);
  expect(await free(event)).toBe(1);
});

it('nobody accepts a place of an event that is called off, and none of its places is left over', async () => {
  const event = await shown();
  const lead = await aPerson(station.store);
  const { teamId, seats } = (await make(lead, event, ['甲', '乙'])).body;
  const { body } = await station.call<View>('events', 'GET /api/events/{eventId}', {
    params: { eventId: event.eventId },
  });
  await station.call('events', 'POST /api/events/{eventId}/cancel', {
    as: organiser,
    params: { eventId: event.eventId },
    body: { version: body.version },
  });
  await cancelEventBookings(station.store, event.eventId, station.world);
  expect(codes(await say(await aPerson(station.store), event, teamId, seats[0]?.code ?? '', 'accept'))).toEqual([
    'slot-closed',
  ]);
  station.world.advance(49 * HOUR);
  await station.tick();
  expect([await taken(event), await holds(lead)]).toEqual([0, 0]);
});

it('an organiser cannot cut what is kept for a team', async () => {
  const event = await shown({ places: 4 });
  await make(await aPerson(station.store), event, ['甲', '乙']);
  const { body } = await station.call<View>('events', 'GET /api/events/{eventId}', {
    params: { eventId: event.eventId },
  });
  const cut = await station.call('events', 'POST /api/events/{eventId}/changes', {
    as: organiser,
    params: { eventId: event.eventId },
    body: {
      ...withoutOrganisation(anEventInput({ mostTeam: 6, shifts: [aShiftInput({ places: 2 })] })),
      version: body.version,
      scope: 'this',
    },
  });
  expect(cut.body).toMatchObject({ code: 'event-incomplete', errors: [{ path: 'shifts.0.places' }] });
});
it('a shift that moves takes along whoever has said yes; what nobody has is everybody’s, and is asked for anew', async () => {
  const event = await shown({ places: 4 });
  const [lead, member] = [await aPerson(station.store), await aPerson(station.store)];
  const { teamId, seats } = (await make(lead, event, ['甲', '乙'])).body;
  await say(member, event, teamId, seats[0]?.code ?? '', 'accept');
  const read = async () => await station.deps.events.events.get(event.eventId);
  const input = anEventInput({
    mostTeam: 6,
    shifts: [aShiftInput({ places: 4, startsAtLocal: '2026-11-28T14:00', endsAtLocal: '2026-11-28T16:00' })],
  });
  const moved = await station.call('events', 'POST /api/events/{eventId}/changes', {
    as: organiser,
    params: { eventId: event.eventId },
    body: { ...withoutOrganisation(input), version: (await read())?.version, scope: 'this' },
  });
  expect(moved.status).toBe(200);
  await station.settle();
  const { changing, shifts = [] } = (await read()) ?? {};
  const there = { ...event, slotId: shifts[0]?.slotId ?? '' };
  expect([changing, await taken(event), await taken(there), await free(there)]).toEqual([undefined, 0, 2, 2]);
  expect((await mine(lead, event))[0]?.seats.map(({ status }) => status)).toEqual(['accepted', 'moved']);
  const late = await say(await aPerson(station.store), event, teamId, seats[1]?.code ?? '', 'accept');
  expect(codes(late)).toEqual(['team-place-over']);
  const other = await aPerson(station.store);
  expect((await make(other, there, ['丙'])).status).toBe(201);
});
function withoutOrganisation({ organisationId: _, ...rest }: ReturnType<typeof anEventInput>) {
  return rest;
}

it('who is erased leaves no kept place behind', async () => {
  const event = await shown();
  const lead = await aPerson(station.store);
  const { teamId, seats } = (await make(lead, event, ['甲', '乙'])).body;
  await station.call('me', 'POST /api/me/erase', { as: lead, body: { understood: true } });
  await station.later(60_000);
  expect(await taken(event)).toBe(0);
  const place = await station.call('teams', 'GET /api/events/{eventId}/teams/{teamId}/place', {
    params: { eventId: event.eventId, teamId },
    query: { code: seats[0]?.code ?? '' },
  });
  expect(place.status).toBe(404);
});

it('whatever is said at one moment, no place is lost, and none is somebody’s twice', async () => {
  const event = await shown({ places: 8 });
  const lead = await aPerson(station.store);
  const { teamId, seats } = (await make(lead, event, ['甲', '乙', '丙', '丁', '戊'])).body;
  const people = await Promise.all(Array.from({ length: 9 }, async () => await aPerson(station.store)));
  const [a = '', b = '', c = '', d = '', ...rest] = people;
  const code = (n: number) => seats[n]?.code ?? '';
  await Promise.all([
    say(a, event, teamId, code(0), 'accept'),
    say(b, event, teamId, code(0), 'accept'),
    say(c, event, teamId, code(1), 'decline'),
    onSeat(lead, event, teamId, 1, 'withdraw'),
    say(d, event, teamId, code(2), 'accept'),
    onSeat(lead, event, teamId, 2, 'withdraw'),
    onSeat(lead, event, teamId, 3, 'rename', { name: '己' }),
    say(c, event, teamId, code(3), 'accept'),
    ...rest.map(async (as) => await signUp(as, event.slotId)),
  ]);
  station.world.advance(49 * HOUR);
  await Promise.all([station.tick(), station.tick()]);
  const held = await Promise.all([lead, ...people].map(holds));
  const booked = held.reduce((sum: number, n) => sum + (n ?? 0), 0);
  expect([await taken(event), (await free(event)) ?? 0]).toEqual([booked, 8 - booked]);
  expect(Math.max(...held.map((n) => n ?? 0))).toBe(1);
});
