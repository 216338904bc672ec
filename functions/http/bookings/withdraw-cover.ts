import type { bookings } from '../../../shared/contract/bookings.ts';
import { withdrawCover } from '../../../shared/store/transactions/cover.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { covered } from './ask-cover.ts';
import type { BookingsDeps } from './deps.ts';
import { own } from './own.ts';

type Routes = (typeof bookings)['routes'];

export const withdrawForCover: RouteHandler<
  Routes['POST /api/bookings/{bookingId}/cover/withdraw'],
  BookingsDeps
> = async ({ actor, params, idempotency }, deps) => {
  const { bookingId, containerId } = await own(deps, actor, params.bookingId);
  return covered(await withdrawCover(deps.engine, { bookingId, eventId: containerId, idempotency }));
};
