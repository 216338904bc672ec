import { createBookings } from '../../../shared/store/bookings.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createEvents } from '../../../shared/store/events.ts';
import { createShiftCodes } from '../../../shared/store/shift-codes.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

export const attendanceDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  bookings: createBookings(store),
  events: createEvents(store),
  shiftCodes: createShiftCodes(store),
});
export type AttendanceDeps = ReturnType<typeof attendanceDeps>;
