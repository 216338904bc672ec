import type { attendance } from '../../../shared/contract/attendance.ts';
import { instantNow } from '../../../shared/domain/local-time.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { AttendanceDeps } from './deps.ts';
import { shiftOfCode } from './scanned.ts';

type Routes = (typeof attendance)['routes'];

/** Asked the moment a phone opens what it scanned, before anybody has to sign in: only then is the code the one that is shown. */
export const scan: RouteHandler<Routes['GET /api/here/{eventId}'], AttendanceDeps> = async (
  { params, query },
  deps,
) => {
  const now = deps.clock.now();
  const found = await deps.shiftCodes.read(params.eventId, query.code, now);
  if (!found?.holds) throw new ProblemError('code-over');
  const { event, shift } = await shiftOfCode(deps, found.item);
  return {
    eventId: event.eventId,
    shiftId: shift.shiftId,
    slotId: shift.slotId,
    title: event.title,
    role: shift.role,
    address: event.address,
    organisation: event.organisation,
    startsAt: shift.startsAt,
    endsAt: shift.endsAt,
    zone: event.zone,
    scannedAt: instantNow(now),
    seen: deps.shiftCodes.seen(found.item, now),
  };
};
