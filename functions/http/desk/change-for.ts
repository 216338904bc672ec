import type { desk } from '../../../shared/contract/desk.ts';
import type { BookingItem } from '../../../shared/store/items/index.ts';
import { cancel } from '../../../shared/store/transactions/cancel.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { type RescheduleAnswer, reschedule } from '../../../shared/store/transactions/reschedule.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { refused } from '../../runtime/refused.ts';
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

/** What is over is a no-show or a row of a day on paper, not a change of plans. */
async function changeable(deps: DeskDeps, booking: BookingItem): Promise<BookingItem> {
  if (booking.status === 'booked' && booking.endsAt <= nowOf(deps)) throw new ProblemError('wrong-state');
  return booking;
}

async function changed(deps: DeskDeps, answer: RescheduleAnswer, bookingId: string): Promise<BookingItem> {
  switch (answer.kind) {
    case 'done':
      return answer.booking;
    case 'refused':
      throw await refused(deps, answer, bookingId);
    case 'no-slot':
      throw new ProblemError('not-found');
    case 'other-kind':
      throw new ProblemError('invalid-input', { fields: [{ path: 'slotId', why: 'not-allowed' }] });
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    default:
      throw new ProblemError(answer.kind);
  }
}
