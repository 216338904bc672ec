import type { events } from '../../../shared/contract/events.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { inLine, lineOf } from '../../runtime/in-line.ts';
import type { EventsDeps } from './deps.ts';
import { runEvent } from './own.ts';

type Routes = (typeof events)['routes'];

/** The read is recorded, with whom it was about, before it is answered. */
export const listWaiting: RouteHandler<Routes['GET /api/events/{eventId}/waiting'], EventsDeps> = async (
  { actor, params, query },
  deps,
) => {
  const event = await runEvent(deps, actor, params.eventId);
  const { waits } = await deps.waits.ofDay({ containerId: event.eventId, date: query.date });
  const line = lineOf(waits);
  const people = await deps.people.profiles(line.map(({ personId }) => personId));
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'event-waiting-list-read',
      scope: event.eventId,
      zone: event.zone,
      at: new Date(deps.clock.now()).toISOString(),
      id: deps.newId(),
      subjects: [...new Set(line.map(({ personId }) => personId))],
    }),
  );
  return { items: line.map((wait, n) => inLine(wait, people[n])) };
};
