import type { bookings } from '../../../shared/contract/bookings.ts';
import { cancel } from '../../../shared/store/transactions/cancel.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { bookingView } from '../../runtime/booking-view.ts';
import { changed } from './changed.ts';
import type { BookingsDeps } from './deps.ts';
import { own } from './own.ts';

type Routes = (typeof bookings)['routes'];

export const cancelBooking: RouteHandler<Routes['POST /api/bookings/{bookingId}/cancel'], BookingsDeps> = async (
  { actor, params, idempotency },
  deps,
) => {
  const { bookingId } = await own(deps, actor, params.bookingId);
  const answer = await cancel(deps.engine, { bookingId, cause: 'person', idempotency });
  return bookingView(await changed(deps, answer, bookingId));
};
