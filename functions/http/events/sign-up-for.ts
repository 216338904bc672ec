import type * as z from 'zod';
import type { events, SignUpFor } from '../../../shared/contract/events.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { BookingItem } from '../../../shared/store/items/index.ts';
import { book } from '../../../shared/store/transactions/book.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf } from '../../runtime/event-record.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { runEvent } from './own.ts';

type Routes = (typeof events)['routes'];

/** Somebody who called, or was asked: under the very rules, and told, as if they had pressed the button themselves. */
export const signUpFor: RouteHandler<Routes['POST /api/events/{eventId}/sign-ups'], EventsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const event = await runEvent(deps, actor, params.eventId);
  const { personId, slotId } = body;
  if (!event.shifts.some((shift) => shift.slotId === slotId)) throw new ProblemError('not-found');
  const desk = {
    by: actor.personId,
    walkIn: false,
    audit: recordOf(deps, event, actor.personId, 'volunteer-signed-up', [personId]),
  };
  const answer = await book(deps.engine, { personId, slotId, idempotency, desk });
  switch (answer.kind) {
    case 'booked':
      return signUpView(answer.booking);
    case 'refused':
      // Before it is answered: what it says tells of somebody.
      await recordRead(deps.store, recordOf(deps, event, actor.personId, 'volunteer-sign-up-refused', [personId]).Put);
      throw new ProblemError('refused', { reasons: answer.reasons.map(withoutWhen), of: 'another' });
    case 'no-slot':
      throw new ProblemError('not-found');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
  }
};

/** Not from when they are of age, and so when they were born, nor when the other shift is that they need rest from. */
function withoutWhen({ from: _, params, ...reason }: Refusal): Refusal {
  const { at: __, zone: ___, ...rest } = params ?? {};
  const isOpening = reason.code === 'sign-up-not-open';
  return { ...reason, ...(params && { params: isOpening ? params : rest }) };
}

export const signUpView = (booking: BookingItem): z.input<typeof SignUpFor> => ({
  bookingId: booking.bookingId,
  slotId: booking.slotId,
  shiftId: booking.shiftId ?? '',
  status: booking.status,
  startsAt: booking.startsAt,
  endsAt: booking.endsAt,
});
