import type { desk } from '../../../shared/contract/desk.ts';
import { cancel } from '../../../shared/store/transactions/cancel.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { changeable, changed } from './changed.ts';
import { coveredBooking, recordOf } from './covered.ts';
import type { DeskDeps } from './deps.ts';
import { bookingView } from './views.ts';

type Routes = (typeof desk)['routes'];

export const cancelFor: RouteHandler<Routes['POST /api/desk/bookings/{bookingId}/cancel'], DeskDeps> = async (
  { actor, params: { bookingId }, idempotency },
  deps,
) => {
  const booking = await changeable(deps, await coveredBooking(deps, actor, bookingId));
  const site = { siteId: booking.containerId, zone: booking.zone };
  const audit = recordOf(deps, site, actor.personId, 'cancelled-for', [booking.personId]);
  const desk = { by: actor.personId, audit };
  return bookingView(
    await changed(deps, await cancel(deps.engine, { bookingId, cause: 'person', idempotency, desk }), bookingId),
  );
};
