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

type Cohost = { organisationId: string; status: string };
type View = {
  eventId: string;
  version: number;
  status: string;
  headcount: number;
  organisationId: string;
  cohosts?: Cohost[];
  shifts: { shiftId: string; slotId: string }[];
};
type Desk = { part: string; event: View; shifts: { taken: number; waiting: number; isShort: boolean }[] };
type List<T> = { items: T[] };

const START = '2026-11-23T02:00:00.000Z';
const world = testWorld(START);
let two: Awaited<ReturnType<typeof twoOrganisations>>;
let store: Store;
let organiser: string;
let neighbour: string;

beforeAll(async () => {
  two = await twoOrganisations(world);
  ({ store, organiser, neighbour } = two);
});

beforeEach(() => world.set(START));

const call = <T = Problem>(route: keyof typeof eventsRoutes, more: Call = {}) => two.call<T>(route, more);
const draft = async (input: object = {}) =>
  (await call<View>('POST /api/events', { body: anEventInput(input as Record<string, unknown>) })).body;
const published = async (input: object = {}) => {
  const { eventId, version } = await draft(input);
  const answer = await call<View>('POST /api/events/{eventId}/publish', { params: { eventId }, body: { version } });
  expect(answer.status).toBe(200);
  return answer.body;
};
const signUp = (as: string, slotId: string | undefined) => two.signUp(as, slotId ?? '');
const desk = (eventId: string, as = organiser) =>
  call<Desk>('GET /api/events/{eventId}/desk', { params: { eventId }, as });
const roster = (eventId: string, as: string) =>
  call<List<{ bookingId: string; qualifications: object[] }>>('GET /api/events/{eventId}/roster', {
    params: { eventId },
    query: { date: '2026-11-28' },
    as,
  });
const invite = (eventId: string, organisationId = 'others') =>
  call<View>('POST /api/events/{eventId}/cohosts', { params: { eventId }, body: { organisationId } });
const cohost = (what: 'answer' | 'end', eventId: string, body: object, as: string) =>
  call<View>(`POST /api/events/{eventId}/cohosts/{organisationId}/${what}`, {
    params: { eventId, organisationId: 'others' },
    body,
    as,
  });

describe('a co-host', () => {
  it('sees the event when asked, its people once it has accepted, and neither when that has ended', async () => {
    const { eventId, shifts } = await published();
    await signUp(await aPerson(store), shifts[0]?.slotId);
    expect((await desk(eventId, neighbour)).status).toBe(403);
    expect((await invite(eventId)).body.cohosts).toMatchObject([{ organisationId: 'others', status: 'invited' }]);
    expect((await desk(eventId, neighbour)).body).toMatchObject({ part: 'invited', shifts: [{ taken: 1 }] });
    expect((await roster(eventId, neighbour)).status).toBe(403);
    // Not shown to everybody before they have said yes.
    const shown = async () => {
      world.advance(2_000);
      return (await call<View>('GET /api/events/{eventId}', { params: { eventId } })).body.cohosts;
    };
    expect(await shown()).toBeUndefined();

    expect((await cohost('answer', eventId, { accept: true }, neighbour)).status).toBe(200);
    expect(await shown()).toMatchObject([{ organisationId: 'others', status: 'accepted' }]);
    expect((await roster(eventId, neighbour)).body.items).toHaveLength(1);
    const mine = await call<List<{ status: string; event: View }>>('GET /api/organisations/{organisationId}/cohosted', {
      params: { organisationId: 'others' },
      as: neighbour,
    });
    expect(mine.body.items).toMatchObject([{ status: 'accepted', event: { eventId, organisationId: 'helpers' } }]);

    expect((await cohost('end', eventId, {}, organiser)).status).toBe(200);
    expect((await roster(eventId, neighbour)).status).toBe(403);
    const after = await call<List<object>>('GET /api/organisations/{organisationId}/cohosted', {
      params: { organisationId: 'others' },
      as: neighbour,
    });
    expect(after.body.items).toEqual([]);
  });

  it('decides for itself alone, and never whether the event takes place', async () => {
    const { eventId, version } = await published();
    expect((await cohost('answer', eventId, { accept: true }, neighbour)).status).toBe(403);
    const asked = await invite(eventId);
    expect((await cohost('answer', eventId, { accept: true }, organiser)).status).toBe(403);
    await cohost('answer', eventId, { accept: true }, neighbour);
    const cancel = { params: { eventId }, body: { version: asked.body.version + 1 } };
    expect((await call('POST /api/events/{eventId}/cancel', { ...cancel, as: neighbour })).status).toBe(403);
    expect((await invite(eventId)).body.code).toBe('wrong-state');
    expect(version).toBe(2);
    // It may leave by itself.
    expect((await cohost('end', eventId, {}, neighbour)).status).toBe(200);
    expect((await cohost('end', eventId, {}, organiser)).body.code).toBe('wrong-state');
  });

  it('is asked once however often the request is sent, which is on record once', async () => {
    const { eventId } = await published();
    const key = 'ask-them-twice';
    const ask = () =>
      call<View>('POST /api/events/{eventId}/cohosts', {
        params: { eventId },
        body: { organisationId: 'others' },
        key,
      });
    const [one, other] = await Promise.all([ask(), ask()]);
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(other.body.cohosts).toHaveLength(1);
    const { pk } = keys.audit(eventId, '2026-11-23', '', '');
    expect((await store.query<AuditItem>({ pk })).items).toMatchObject([
      { by: organiser, action: 'event-cohost-invite', change: { organisationId: 'others' } },
    ]);
  });
});

it('an organiser who is withdrawn can do nothing from the next request on, and the event stays with its organisation', async () => {
  const leaving = await aPerson(store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
  const drafted = await call<View>('POST /api/events', { body: anEventInput(), as: leaving });
  const { eventId, version } = drafted.body;
  await store.transact([{ Delete: { Key: keys.role(leaving, 'organiser', 'helpers') } }]);
  const publish = { params: { eventId }, body: { version } };
  expect((await call('POST /api/events/{eventId}/publish', { ...publish, as: leaving })).status).toBe(403);
  expect((await desk(eventId, leaving)).status).toBe(403);
  expect((await call('POST /api/events/{eventId}/publish', publish)).status).toBe(200);
});

describe('a shift that needs something', () => {
  const FIRST_AID = aShiftInput({ needs: ['driving', 'first-aid'], minimum: 2, places: 3 });

  it('tells who lacks it what, takes them once they have it, and the desk sees when it is short', async () => {
    const training = await published({
      shifts: [aShiftInput({ startsAtLocal: '2026-11-28T13:00', endsAtLocal: '2026-11-28T15:00' })],
    });
    const event = await published({ shifts: [FIRST_AID] });
    const volunteer = await aPerson(store);
    const slotId = event.shifts[0]?.slotId;
    const refused = await signUp(volunteer, slotId);
    expect(refused).toMatchObject({ status: 409, body: { code: 'refused' } });
    expect(refused.body.reasons?.map(({ code }) => code)).toEqual(['skill-missing', 'training-missing']);
    expect(refused.body.reasons?.[0]?.sentence).toContain('驾驶');

    const say = { as: volunteer, body: { skills: ['driving'] } };
    expect((await call('PUT /api/me/qualifications', say)).body).toEqual({
      items: [{ qualification: 'driving', confirmed: false }],
    });
    expect((await signUp(volunteer, slotId)).body.reasons?.map(({ code }) => code)).toEqual(['training-missing']);

    // Their own word is not enough for a training: whoever ran it says so.
    const trained = await signUp(volunteer, training.shifts[0]?.slotId);
    const confirm = (body: object, as = organiser) =>
      call('POST /api/events/{eventId}/qualifications', {
        params: { eventId: training.eventId },
        body: { bookingId: trained.body.bookingId, qualification: 'first-aid', ...body },
        as,
      });
    expect((await confirm({ confirmed: true }, neighbour)).status).toBe(403);
    expect((await confirm({ confirmed: true, until: '2026-11-27' })).status).toBe(200);
    expect((await signUp(volunteer, slotId)).body.reasons?.map(({ code }) => code)).toEqual(['training-missing']);
    expect((await confirm({ confirmed: true, until: '2026-11-28' })).body).toMatchObject({
      items: [{ qualification: 'driving' }, { qualification: 'first-aid', confirmed: true, until: '2026-11-28' }],
    });
    expect((await signUp(volunteer, slotId)).status).toBe(201);
    expect((await desk(event.eventId)).body.shifts).toMatchObject([{ taken: 1, isShort: true }]);
    expect((await roster(event.eventId, organiser)).body.items[0]?.qualifications).toHaveLength(2);

    // What an organiser has confirmed, nobody unsays for themselves; taken back, it no longer counts.
    expect((await call('PUT /api/me/qualifications', { as: volunteer, body: { skills: [] } })).body).toMatchObject({
      items: [{ qualification: 'first-aid', confirmed: true }],
    });
    expect((await confirm({ confirmed: false })).body).toEqual({ items: [] });
    const { pk } = keys.audit(training.eventId, '2026-11-23', '', '');
    const said = (await store.query<AuditItem>({ pk })).items;
    expect(said.map(({ action, subjects }) => [action, subjects])).toEqual([
      ['qualification-confirmed', [volunteer]],
      ['qualification-confirmed', [volunteer]],
      ['qualification-taken-back', [volunteer]],
    ]);
  });

  it('cannot be confirmed of somebody who is not on the event’s roster', async () => {
    const [event, other] = [await published(), await published()];
    const { body } = await signUp(await aPerson(store), other.shifts[0]?.slotId);
    const ask = { params: { eventId: event.eventId }, body: { ...body, qualification: 'first-aid', confirmed: true } };
    const { bookingId } = body;
    expect(
      await call('POST /api/events/{eventId}/qualifications', {
        ...ask,
        body: { bookingId, qualification: 'first-aid', confirmed: true },
      }),
    ).toMatchObject({ status: 404 });
  });
});

describe('sign-up with a time of its own', () => {
  it('is refused before it opens with when it will, has places at that very instant, and none once it has closed', async () => {
    const event = await published({ opensAtLocal: '2026-11-24T20:00', closesAtLocal: '2026-11-25T20:00' });
    expect(event.headcount).toBe(3);
    const slotId = event.shifts[0]?.slotId;
    const [early, sharp, late] = await Promise.all([aPerson(store), aPerson(store), aPerson(store)]);
    world.set('2026-11-24T11:59:59.999Z');
    expect((await signUp(early, slotId)).body.reasons).toMatchObject([
      { code: 'sign-up-not-open', sentence: '报名尚未开始，11月24日 20:00开放。' },
    ]);
    world.set('2026-11-24T12:00:00.000Z');
    expect((await signUp(sharp, slotId)).status).toBe(201);
    world.set('2026-11-25T12:00:00.000Z');
    expect((await signUp(late, slotId)).body.reasons).toMatchObject([{ code: 'sign-up-closed' }]);
  });
});
