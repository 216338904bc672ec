import { beforeAll, beforeEach, expect, it } from 'vitest';
import { anEventInput, anOrganisation, aShiftInput } from '../builders/events.ts';
import { aPerson } from '../builders/people.ts';
import { aStation, type Station } from '../support/station.ts';

const START = '2026-11-23T02:00:00.000Z';
/** Ten minutes into the shift, as its clocks show 09:10. */
const DURING = '2026-11-28T01:10:00.000Z';
let station: Station;
let organiser: string;
beforeAll(async () => {
  station = await aStation();
  await anOrganisation(station.store);
  organiser = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
});
beforeEach(() => station.world.set(START));

type View = { eventId: string; version: number; shifts: { slotId: string }[] };

it('on the day an organiser texts those who are there, or those whose shift has begun without them, and nobody else', async () => {
  const drafted = await station.call<View>('events', 'POST /api/events', {
    as: organiser,
    body: anEventInput({
      shifts: [
        aShiftInput(),
        aShiftInput({ shiftId: 'later', startsAtLocal: '2026-11-28T14:00', endsAtLocal: '2026-11-28T16:00' }),
      ],
    }),
  });
  const { eventId } = drafted.body;
  const params = { eventId };
  const shown = await station.call<View>('events', 'POST /api/events/{eventId}/publish', {
    as: organiser,
    params,
    body: { version: 1 },
  });
  const [morning = '', later = ''] = shown.body.shifts.map(({ slotId }) => slotId);
  const signUp = async (slotId: string) => {
    const person = await aPerson(station.store);
    const { body } = await station.call<{ bookingId: string }>('bookings', 'POST /api/bookings', {
      as: person,
      body: { slotId },
    });
    return { person, bookingId: body.bookingId };
  };
  const [here, gone, absent, tonight] = [
    await signUp(morning),
    await signUp(morning),
    await signUp(morning),
    await signUp(later),
  ];
  station.world.set(DURING);
  const tap = async (bookingId: string, step: 'in' | 'out') => {
    const answer = await station.call('attendance', 'POST /api/events/{eventId}/attendance', {
      as: organiser,
      params,
      body: { bookingId, step, at: new Date(station.world.clock.now()).toISOString() },
    });
    expect(answer.status).toBe(200);
  };
  await tap(here.bookingId, 'in');
  await tap(gone.bookingId, 'in');
  station.world.advance(20 * 60_000);
  await tap(gone.bookingId, 'out');
  await station.settle();

  const everybody = [here, gone, absent, tonight].map(({ person }) => person);
  const told = async (to: string | undefined, word: string) => {
    const answer = await station.call<{ people: number }>('events', 'POST /api/events/{eventId}/notes', {
      as: organiser,
      params,
      body: { ...(to && { to }), note: { zh: word, en: word } },
    });
    expect(answer.status).toBe(201);
    await station.settle();
    const texts = await Promise.all(everybody.map(async (person) => await station.textsTo(person)));
    return { people: answer.body.people, who: texts.map((all) => all.some((text) => text.includes(word))) };
  };
  expect(await told('here', 'lunch')).toEqual({ people: 1, who: [true, false, false, false] });
  expect(await told('absent', 'where')).toEqual({ people: 1, who: [false, false, true, false] });
  expect(await told(undefined, 'thanks')).toEqual({ people: 3, who: [true, false, true, true] });
});
