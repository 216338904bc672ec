import type { events } from '../../../shared/contract/events.ts';
import { isInLine } from '../../../shared/domain/waitlist.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { EventsDeps } from './deps.ts';
import { eventWith } from './own.ts';
import { datesOf, fillOf } from './taken.ts';
import { eventView } from './views.ts';

type Routes = (typeof events)['routes'];

/** Counts alone: who they are is the roster's to say, and on record. */
export const getDesk: RouteHandler<Routes['GET /api/events/{eventId}/desk'], EventsDeps> = async (
  { actor, params },
  deps,
) => {
  const { event, part } = await eventWith(deps, actor, params.eventId, ['owner', 'cohost', 'invited']);
  const [[seen = { event, room: new Map() }], fill, waiting] = await Promise.all([
    deps.withRoom([event]),
    fillOf(deps, event),
    waitingIn(deps, event),
  ]);
  return {
    event: eventView(seen),
    part,
    shifts: event.shifts.map(({ shiftId, slotId, minimum = 0 }) => ({
      shiftId,
      taken: fill.get(slotId)?.taken ?? 0,
      kept: fill.get(slotId)?.kept ?? 0,
      waiting: waiting.get(slotId) ?? 0,
      isShort: event.status === 'published' && (fill.get(slotId)?.taken ?? 0) < minimum,
    })),
  };
};

type Event = Parameters<typeof eventView>[0]['event'];
async function waitingIn(deps: EventsDeps, event: Event): Promise<Map<string, number>> {
  if (event.status !== 'published') return new Map();
  const lines = await Promise.all(datesOf(event).map((date) => deps.waits.ofDay({ containerId: event.eventId, date })));
  const counts = new Map<string, number>();
  for (const { status, slotId } of lines.flatMap(({ waits }) => waits)) {
    if (slotId !== undefined && isInLine(status)) counts.set(slotId, (counts.get(slotId) ?? 0) + 1);
  }
  return counts;
}
