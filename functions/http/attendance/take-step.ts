import type { attendance } from '../../../shared/contract/attendance.ts';
import { parsePassCode } from '../../../shared/domain/pass-code.ts';
import { checkInVolunteer, checkOutVolunteer } from '../../../shared/store/transactions/attend.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { isPassOf } from '../../runtime/booking-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { AttendanceDeps } from './deps.ts';
import { stepped } from './line.ts';
import { runEvent } from './own.ts';

type Routes = (typeof attendance)['routes'];

export const takeStep: RouteHandler<Routes['POST /api/events/{eventId}/attendance'], AttendanceDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const event = await runEvent(deps, actor, params.eventId);
  const { bookingId, step, at, passCode } = body;
  if (passCode !== undefined) {
    const code = parsePassCode(passCode);
    if (!code) throw new ProblemError('invalid-input', { fields: [{ path: 'body.passCode', why: 'mistyped' }] });
    // The booking itself is looked at only where its id does not say enough: where it came from another record.
    const isOwn =
      isPassOf(code, { bookingId }) || isPassOf(code, (await deps.bookings.get(bookingId)) ?? { bookingId });
    if (!isOwn) throw new ProblemError('pass-of-another');
  }
  const take = step === 'in' ? checkInVolunteer : checkOutVolunteer;
  const answer = await take(deps.engine, event, {
    bookingId,
    at,
    way: passCode === undefined ? 'tap' : 'pass',
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  return await stepped(deps, answer);
};
