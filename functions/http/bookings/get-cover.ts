import type { bookings } from '../../../shared/contract/bookings.ts';
import { createCovers } from '../../../shared/store/covers.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coverView } from './ask-cover.ts';
import type { BookingsDeps } from './deps.ts';
import { own } from './own.ts';

type Routes = (typeof bookings)['routes'];

export const getCover: RouteHandler<Routes['GET /api/bookings/{bookingId}/cover'], BookingsDeps> = async (
  { actor, params },
  deps,
) => {
  const booking = await own(deps, actor, params.bookingId);
  return coverView(await createCovers(deps.store).get(booking.containerId, booking.bookingId), booking);
};
