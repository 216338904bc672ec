import { bookings } from '../../../shared/contract/bookings.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { cancelBooking } from './cancel-booking.ts';
import { createBooking } from './create-booking.ts';
import { bookingsDeps } from './deps.ts';
import { getBooking } from './get-booking.ts';
import { rescheduleBooking } from './reschedule-booking.ts';

export const bookingsRoutes = {
  'POST /api/bookings': createBooking,
  'GET /api/bookings/{bookingId}': getBooking,
  'POST /api/bookings/{bookingId}/cancel': cancelBooking,
  'POST /api/bookings/{bookingId}/reschedule': rescheduleBooking,
};

const deps = once(() => bookingsDeps(storeFromEnv(), systemWorld('bookings')));

export const handler = areaHandler(bookings, deps, bookingsRoutes);
