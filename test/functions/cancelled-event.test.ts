import { expect, it } from 'vitest';
import type { EventItem } from '../../shared/store/items/index.ts';
import { keys } from '../../shared/store/keys.ts';
import { anEventInput, anOrganisation } from '../builders/events.ts';
import { aPerson } from '../builders/people.ts';
import { aStation } from '../support/station.ts';

it('everyone signed up for an event that is cancelled is released and told, and then it is over', async () => {
  const station = await aStation();
  await anOrganisation(station.store);
  const organiser = await aPerson(station.store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
  type View = { eventId: string; version: number; shifts: { slotId: string }[] };
  const drafted = await station.call<View>('events', 'POST /api/events', { as: organiser, body: anEventInput() });
  const params = { eventId: drafted.body.eventId };
  const published = await station.call<View>('events', 'POST /api/events/{eventId}/publish', {
    as: organiser,
    params,
    body: { version: 1 },
  });
  const slotId = published.body.shifts[0]?.slotId;
  const volunteers = [await aPerson(station.store), await aPerson(station.store, { language: 'en' })];
  for (const as of volunteers) await station.call('bookings', 'POST /api/bookings', { as, body: { slotId } });
  await station.settle();
  const cancelled = await station.call('events', 'POST /api/events/{eventId}/cancel', {
    as: organiser,
    params,
    body: { version: published.body.version },
  });
  expect(cancelled.status).toBe(200);
  await station.settle();
  const texts = await Promise.all(volunteers.map(async (volunteer) => (await station.textsTo(volunteer)).at(-1)));
  expect(texts).toEqual([
    expect.stringContaining('活动已取消'),
    'Sorry, Free clinic on 28 Nov 09:00 is cancelled, and your sign-up with it. Thank you for offering your time.',
  ]);
  const status = async () =>
    (await station.store.get<EventItem>(keys.event(params.eventId), { consistent: true }))?.status;
  expect(await status()).toBe('cancelling');
  // The roster is an index: the tick looks once more when it must have caught up.
  await station.later(2 * 60_000);
  expect(await status()).toBe('cancelled');
  expect(await station.textsTo(volunteers[0] as string)).toHaveLength(2);
});
