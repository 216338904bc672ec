import type { bookings } from '../../../shared/contract/bookings.ts';
import { reschedule } from '../../../shared/store/transactions/reschedule.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { bookingView } from '../../runtime/booking-view.ts';
import { changed } from './changed.ts';
import type { BookingsDeps } from './deps.ts';
import { own } from './own.ts';

type Routes = (typeof bookings)['routes'];

export const rescheduleBooking: RouteHandler<
  Routes['POST /api/bookings/{bookingId}/reschedule'],
  BookingsDeps
> = async ({ actor, params, body, idempotency }, deps) => {
  const { bookingId } = await own(deps, actor, params.bookingId);
  const answer = await reschedule(deps.engine, { bookingId, ...body, idempotency });
  return bookingView(await changed(deps, answer, bookingId));
};
