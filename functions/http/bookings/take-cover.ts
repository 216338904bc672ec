import type { bookings } from '../../../shared/contract/bookings.ts';
import { takeOver } from '../../../shared/store/transactions/cover.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { bookingView } from '../../runtime/booking-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { BookingsDeps } from './deps.ts';

type Routes = (typeof bookings)['routes'];

export const takeCover: RouteHandler<Routes['POST /api/covers'], BookingsDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const answer = await takeOver(deps.engine, { personId: actor.personId, ...body, idempotency });
  switch (answer.kind) {
    case 'booked':
      return bookingView(answer.booking);
    case 'refused':
      throw new ProblemError('refused', { reasons: answer.reasons });
    case 'no-slot':
      throw new ProblemError('not-found');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
  }
};
