import { createBookings } from '../../../shared/store/bookings.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createEvents } from '../../../shared/store/events.ts';
import { createHours } from '../../../shared/store/hours.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';

export const hoursDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  hours: createHours(store),
  events: createEvents(store),
  bookings: createBookings(store),
});
export type HoursDeps = ReturnType<typeof hoursDeps>;
