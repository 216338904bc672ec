import type { EventItem } from '../../../shared/store/items/index.ts';
import { takenOf } from '../../../shared/store/slots.ts';
import type { EventsDeps } from './deps.ts';

export const datesOf = ({ shifts }: EventItem): string[] => [...new Set(shifts.map(({ date }) => date))];

/** By slot, places that somebody has: not those that are kept for who waits. */
export async function takenIn(deps: EventsDeps, event: EventItem): Promise<Map<string, number>> {
  if (event.status === 'draft') return new Map();
  const days = await Promise.all(datesOf(event).map((date) => deps.slots.dayNow(event.eventId, date)));
  return new Map(
    days.flat().map(({ slot, pools }) => {
      const held = pools.reduce((sum, pool) => sum + (pool.held ?? 0), 0);
      return [slot.slotId, takenOf(pools) - held];
    }),
  );
}

/** How many have a place in any of its shifts. */
export async function takenOfEvent(deps: EventsDeps, event: EventItem): Promise<number> {
  const taken = await takenIn(deps, event);
  return event.shifts.reduce((sum, { slotId }) => sum + (taken.get(slotId) ?? 0), 0);
}
