import { createBookings } from '../../../shared/store/bookings.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createSlots } from '../../../shared/store/slots.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

export const bookingsDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  bookings: createBookings(store),
  slots: createSlots(store),
});
export type BookingsDeps = ReturnType<typeof bookingsDeps>;
