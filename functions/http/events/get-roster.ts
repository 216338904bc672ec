import type { events } from '../../../shared/contract/events.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { indexes } from '../../../shared/store/keys.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import type { EventsDeps } from './deps.ts';
import { ownEvent } from './own.ts';

type Routes = (typeof events)['routes'];

/** The read is recorded, with whom it was about, before it is answered. */
export const getRoster: RouteHandler<Routes['GET /api/events/{eventId}/roster'], EventsDeps> = async (
  { actor, params, query },
  deps,
) => {
  const event = await ownEvent(deps, actor, params.eventId);
  const pk = indexes.roster(event.eventId, query.date);
  const page = await deps.events.roster(event.eventId, query.date, pageOf(query, { pkName: 'gsi1pk', pk }));
  const people = await deps.people.profiles(page.items.map(({ personId }) => personId));
  await recordRead(
    deps.store,
    auditItem({
      by: actor.personId,
      action: 'event-roster-read',
      scope: event.eventId,
      zone: event.zone,
      at: new Date(deps.clock.now()).toISOString(),
      id: deps.newId(),
      subjects: page.items.map(({ personId }) => personId),
    }),
  );
  return pageAnswer(
    { ...page, items: page.items.map((booking, n) => ({ booking, person: people[n] })) },
    ({ booking, person }) => ({
      bookingId: booking.bookingId,
      shiftId: booking.shiftId ?? '',
      status: booking.status,
      name: person?.name ?? '',
      phoneLast4: person?.phone?.slice(-4) ?? '',
      startsAt: booking.startsAt,
      endsAt: booking.endsAt,
    }),
  );
};
