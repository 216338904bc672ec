import { createBookings } from '../../../shared/store/bookings.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createEvents } from '../../../shared/store/events.ts';
import { createSlots } from '../../../shared/store/slots.ts';
import { createTeams } from '../../../shared/store/teams.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

export const teamsDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  bookings: createBookings(store),
  events: createEvents(store),
  slots: createSlots(store),
  teams: createTeams(store),
});
export type TeamsDeps = ReturnType<typeof teamsDeps>;
