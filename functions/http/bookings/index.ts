import { bookings } from '../../../shared/contract/bookings.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { askForCover } from './ask-cover.ts';
import { cancelBooking } from './cancel-booking.ts';
import { createBooking } from './create-booking.ts';
import { bookingsDeps } from './deps.ts';
import { getBooking } from './get-booking.ts';
import { getCover } from './get-cover.ts';
import { rescheduleBooking } from './reschedule-booking.ts';
import { takeCover } from './take-cover.ts';
import { withdrawForCover } from './withdraw-cover.ts';

export const bookingsRoutes = {
  'POST /api/bookings': createBooking,
  'GET /api/bookings/{bookingId}': getBooking,
  'POST /api/bookings/{bookingId}/cancel': cancelBooking,
  'GET /api/bookings/{bookingId}/cover': getCover,
  'POST /api/bookings/{bookingId}/cover': askForCover,
  'POST /api/bookings/{bookingId}/cover/withdraw': withdrawForCover,
  'POST /api/covers': takeCover,
  'POST /api/bookings/{bookingId}/reschedule': rescheduleBooking,
};

const deps = once(() => bookingsDeps(storeFromEnv(), systemWorld('bookings')));

export const handler = areaHandler(bookings, deps, bookingsRoutes);
