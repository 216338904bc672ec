import type { events } from '../../../shared/contract/events.ts';
import { decide } from '../../../shared/domain/decide.ts';
import { factsOfShift } from '../../../shared/store/events.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer } from '../../runtime/page.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { publicPage } from './list-events.ts';

type Routes = (typeof events)['routes'];

/** By the same rules as a sign-up, on what is known of the caller now; a place may be gone by the time they press. */
export const listOpenShifts: RouteHandler<Routes['GET /api/me/open-shifts'], EventsDeps> = async (
  { actor, query },
  deps,
) => {
  const lock = await deps.people.lock(actor.personId);
  if (!lock) throw new ProblemError('person-unknown');
  const now = nowOf(deps);
  return pageAnswer(await publicPage(deps, query), ({ event, room }) => ({
    eventId: event.eventId,
    slotIds: event.shifts
      .filter((shift) => (room.get(shift.slotId)?.free ?? 0) > 0)
      .filter((shift) => decide(lock, factsOfShift(event, shift), undefined, now).ok)
      .map(({ slotId }) => slotId),
  }));
};
