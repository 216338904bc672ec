import type { attendance } from '../../../shared/contract/attendance.ts';
import { undoAttendance } from '../../../shared/store/transactions/attend.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { AttendanceDeps } from './deps.ts';
import { stepped } from './line.ts';
import { runEvent } from './own.ts';

type Routes = (typeof attendance)['routes'];

export const undo: RouteHandler<Routes['POST /api/events/{eventId}/attendance/undo'], AttendanceDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const event = await runEvent(deps, actor, params.eventId);
  const input = { ...body, by: actor.personId, auditId: deps.newId(), idempotency };
  return await stepped(deps, await undoAttendance(deps.engine, event, input));
};
