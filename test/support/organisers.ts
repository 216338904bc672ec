import { bookingsDeps } from '../../functions/http/bookings/deps.ts';
import { bookingsRoutes } from '../../functions/http/bookings/index.ts';
import { eventsDeps } from '../../functions/http/events/deps.ts';
import { eventsRoutes } from '../../functions/http/events/index.ts';
import { areaHandler } from '../../functions/runtime/area-handler.ts';
import { bookings } from '../../shared/contract/bookings.ts';
import { events } from '../../shared/contract/events.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { ACCESS } from '../../shared/store/access.ts';
import { anOrganisation } from '../builders/events.ts';
import { aPerson } from '../builders/people.ts';
import { type Call, callRoute } from './api.ts';
import { freshTables, storeOn } from './engine.ts';
import { guarded } from './guard.ts';
import type { testWorld } from './world.ts';

/** Two organisations with an organiser each, on fresh tables: events and the bookings of their shifts, behind their grants. */
export async function twoOrganisations(world: ReturnType<typeof testWorld>) {
  const names = await freshTables();
  const store = storeOn(names);
  const eventDeps = eventsDeps(guarded(storeOn(names), ACCESS.events, names.private), world);
  const bookingDeps = bookingsDeps(guarded(storeOn(names), ACCESS.bookings, names.private), world);
  const eventHandler = areaHandler(events, async () => eventDeps, eventsRoutes);
  const bookingHandler = areaHandler(bookings, async () => bookingDeps, bookingsRoutes);
  await anOrganisation(store);
  await anOrganisation(store, 'others');
  const organiser = await aPerson(store, { roles: [{ role: 'organiser', scope: 'helpers' }] });
  return {
    store,
    organiser,
    neighbour: await aPerson(store, { roles: [{ role: 'organiser', scope: 'others' }] }),
    /** As the first organisation's organiser, unless it says otherwise. */
    call: async <T = Problem>(route: keyof typeof eventsRoutes, more: Call = {}) =>
      await callRoute<T & Problem>(eventHandler, route, { as: organiser, ...more }),
    signUp: async (as: string, slotId: string) =>
      await callRoute<{ bookingId: string } & Problem>(bookingHandler, 'POST /api/bookings', { as, body: { slotId } }),
    /** Of the bookings' routes, as anybody. */
    booking: async <T = Problem>(route: keyof typeof bookingsRoutes, more: Call = {}) =>
      await callRoute<T & Problem>(bookingHandler, route, more),
    cancel: async (as: string, bookingId: string) =>
      await callRoute<Problem>(bookingHandler, 'POST /api/bookings/{bookingId}/cancel', {
        as,
        params: { bookingId },
        body: {},
      }),
  };
}
