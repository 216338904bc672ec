import type { bookings } from '../../../shared/contract/bookings.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { bookingView } from '../../runtime/booking-view.ts';
import type { BookingsDeps } from './deps.ts';
import { own } from './own.ts';

type Routes = (typeof bookings)['routes'];

export const getBooking: RouteHandler<Routes['GET /api/bookings/{bookingId}'], BookingsDeps> = async (
  { actor, params },
  deps,
) => bookingView(await own(deps, actor, params.bookingId));
