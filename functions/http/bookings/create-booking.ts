import type { bookings } from '../../../shared/contract/bookings.ts';
import { book } from '../../../shared/store/transactions/book.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { bookingView } from '../../runtime/booking-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { refused } from '../../runtime/refused.ts';
import type { BookingsDeps } from './deps.ts';

type Routes = (typeof bookings)['routes'];

export const createBooking: RouteHandler<Routes['POST /api/bookings'], BookingsDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const answer = await book(deps.engine, { personId: actor.personId, ...body, idempotency });
  switch (answer.kind) {
    case 'booked':
      return bookingView(answer.booking);
    case 'refused':
      throw await refused(deps, answer);
    case 'no-slot':
      throw new ProblemError('not-found');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
  }
};
