import type { events } from '../../../shared/contract/events.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import { indexes } from '../../../shared/store/keys.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf } from '../../runtime/event-record.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import type { EventsDeps } from './deps.ts';
import { runEvent } from './own.ts';
import { rosterLines } from './roster-lines.ts';

type Routes = (typeof events)['routes'];

/** The read is recorded, with whom it was about, before it is answered. */
export const getRoster: RouteHandler<Routes['GET /api/events/{eventId}/roster'], EventsDeps> = async (
  { actor, params, query },
  deps,
) => {
  const event = await runEvent(deps, actor, params.eventId);
  const pk = indexes.roster(event.eventId, query.date);
  const page = await deps.events.roster(event.eventId, query.date, pageOf(query, { pkName: 'gsi1pk', pk }));
  const lines = await rosterLines(deps, event, page.items);
  const subjects = page.items.map(({ personId }) => personId);
  await recordRead(deps.store, recordOf(deps, event, actor.personId, 'event-roster-read', subjects).Put);
  return pageAnswer({ ...page, items: lines }, (line) => line);
};
