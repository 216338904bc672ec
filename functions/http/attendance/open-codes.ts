import type { attendance } from '../../../shared/contract/attendance.ts';
import { addMinutes } from '../../../shared/domain/local-time.ts';
import { closedAt, EARLY_MINUTES } from '../../../shared/domain/service.ts';
import { CODE_SECONDS } from '../../../shared/domain/shift-codes.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { AttendanceDeps } from './deps.ts';
import { runEvent } from './own.ts';

type Routes = (typeof attendance)['routes'];

export const openCodes: RouteHandler<Routes['POST /api/events/{eventId}/codes'], AttendanceDeps> = async (
  { actor, params, body },
  deps,
) => {
  const event = await runEvent(deps, actor, params.eventId);
  const shift = event.shifts.find(({ shiftId }) => shiftId === body.shiftId);
  if (!shift) throw new ProblemError('not-found');
  const now = nowOf(deps);
  if (now < addMinutes(shift.startsAt, -EARLY_MINUTES)) throw new ProblemError('shift-not-begun');
  if (now >= closedAt({ ...shift, zone: event.zone })) throw new ProblemError('shift-over');
  const item = await deps.shiftCodes.open({
    eventId: event.eventId,
    shiftId: shift.shiftId,
    by: actor.personId,
    seed: deps.newId() + deps.newId(),
    madeAt: now,
    endsAt: shift.endsAt,
  });
  return { now, seconds: CODE_SECONDS, ...deps.shiftCodes.ahead(item, deps.clock.now()) };
};
