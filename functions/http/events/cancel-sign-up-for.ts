import type { events } from '../../../shared/contract/events.ts';
import { cancel } from '../../../shared/store/transactions/cancel.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf } from '../../runtime/event-record.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { runEvent } from './own.ts';
import { signUpView } from './sign-up-for.ts';

type Routes = (typeof events)['routes'];

/** What has begun is the day's to say, not a change of plans. */
export const cancelSignUpFor: RouteHandler<
  Routes['POST /api/events/{eventId}/sign-ups/{bookingId}/cancel'],
  EventsDeps
> = async ({ actor, params: { eventId, bookingId }, idempotency }, deps) => {
  const event = await runEvent(deps, actor, eventId);
  const booking = await deps.bookings.get(bookingId);
  if (booking?.containerId !== event.eventId) throw new ProblemError('not-found');
  if (booking.status === 'booked' && booking.startsAt <= nowOf(deps)) throw new ProblemError('wrong-state');
  const audit = recordOf(deps, event, actor.personId, 'volunteer-withdrawn', [booking.personId]);
  const desk = { by: actor.personId, audit };
  const answer = await cancel(deps.engine, { bookingId, cause: 'person', at: event.eventId, idempotency, desk });
  switch (answer.kind) {
    case 'done':
      return signUpView(answer.booking);
    case 'refused':
      throw new ProblemError('refused', { reasons: answer.reasons });
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    default:
      throw new ProblemError(answer.kind);
  }
};
