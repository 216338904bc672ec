import type { attendance } from '../../../shared/contract/attendance.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { rosterOf } from '../../../shared/store/event-changes.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { AttendanceDeps } from './deps.ts';
import { attendanceLine } from './line.ts';
import { runEvent } from './own.ts';

type Routes = (typeof attendance)['routes'];

/** Whole, since a device keeps it for when there is no line. The read is recorded, with whom it was about, before it is answered. */
export const getSheet: RouteHandler<Routes['GET /api/events/{eventId}/attendance'], AttendanceDeps> = async (
  { actor, params, query },
  deps,
) => {
  const event = await runEvent(deps, actor, params.eventId);
  const bookings = (await rosterOf(deps.store, event.eventId, query.date)).filter(
    ({ status }) => status !== 'cancelled',
  );
  const ids = [...new Set(bookings.map(({ personId }) => personId))];
  const people = new Map((await deps.people.profiles(ids)).map((person, n) => [ids[n], person]));
  const now = nowOf(deps);
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'event-attendance-read',
      scope: event.eventId,
      zone: event.zone,
      at: now,
      id: deps.newId(),
      subjects: ids,
    }),
  );
  return {
    date: query.date,
    now,
    items: bookings.map((booking) => attendanceLine(booking, people.get(booking.personId), now)),
  };
};
