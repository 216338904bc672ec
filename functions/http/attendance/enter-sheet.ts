import type { attendance } from '../../../shared/contract/attendance.ts';
import { wallInstant } from '../../../shared/domain/events.ts';
import { enterSheet, type Sheet } from '../../../shared/store/transactions/attend.ts';
import type { RouteHandler, RouteRequest } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { AttendanceDeps } from './deps.ts';
import { stepped } from './line.ts';
import { runEvent } from './own.ts';

type Routes = (typeof attendance)['routes'];
type Route = Routes['POST /api/events/{eventId}/attendance/sheet'];

export const enterLine: RouteHandler<Route, AttendanceDeps> = async ({ actor, params, body, idempotency }, deps) => {
  const event = await runEvent(deps, actor, params.eventId);
  const { bookingId, version } = body;
  const answer = await enterSheet(deps.engine, event, {
    bookingId,
    version,
    sheet: sheetOf(body.sheet, event.zone),
    by: actor.personId,
    auditId: deps.newId(),
    idempotency,
  });
  return await stepped(deps, answer);
};

/** The times as the clock at the place showed them. */
function sheetOf(sheet: RouteRequest<Route>['body']['sheet'], zone: string): Sheet {
  if (sheet.kind === 'absent') return sheet;
  const startedAt = wallInstant(sheet.startedAtLocal, zone, 'start');
  const endedAt = wallInstant(sheet.endedAtLocal, zone, 'end');
  const fields = [
    ...('fault' in startedAt ? [{ path: 'body.sheet.startedAtLocal', why: startedAt.fault }] : []),
    ...('fault' in endedAt ? [{ path: 'body.sheet.endedAtLocal', why: endedAt.fault }] : []),
  ];
  if ('fault' in startedAt || 'fault' in endedAt) throw new ProblemError('invalid-input', { fields });
  return { kind: 'came', startedAt: startedAt.instant, endedAt: endedAt.instant };
}
