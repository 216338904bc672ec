import type { desk } from '../../../shared/contract/desk.ts';
import { reschedule } from '../../../shared/store/transactions/reschedule.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { changeable, changed } from './changed.ts';
import { coveredBooking, recordOf, siteOfSlot } from './covered.ts';
import type { DeskDeps } from './deps.ts';
import { bookingView } from './views.ts';

type Routes = (typeof desk)['routes'];

export const rescheduleFor: RouteHandler<Routes['POST /api/desk/bookings/{bookingId}/reschedule'], DeskDeps> = async (
  { actor, params: { bookingId }, body: { slotId }, idempotency },
  deps,
) => {
  const booking = await changeable(deps, await coveredBooking(deps, actor, bookingId));
  const site = await siteOfSlot(deps, actor, slotId);
  const audit = recordOf(deps, site, actor.personId, 'moved-for', [booking.personId]);
  const desk = { by: actor.personId, audit };
  return bookingView(
    await changed(deps, await reschedule(deps.engine, { bookingId, slotId, idempotency, desk }), bookingId),
  );
};
