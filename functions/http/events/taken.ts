import { isAsked } from '../../../shared/domain/teams.ts';
import type { EventItem } from '../../../shared/store/items/index.ts';
import { takenOf } from '../../../shared/store/slots.ts';
import { createTeams } from '../../../shared/store/teams.ts';
import type { EventsDeps } from './deps.ts';

export const datesOf = ({ shifts }: EventItem): string[] => [...new Set(shifts.map(({ date }) => date))];

/** How a shift fills: places that somebody has, and those that team leads keep for whoever they named, until those say yes. */
export type Fill = { readonly taken: number; readonly kept: number };

/** By slot; what is kept for who waits is neither. */
export async function fillOf(deps: EventsDeps, event: EventItem): Promise<ReadonlyMap<string, Fill>> {
  if (event.status === 'draft') return new Map();
  const [teams, ...days] = await Promise.all([
    createTeams(deps.store).ofEvent(event.eventId),
    ...datesOf(event).map(async (date) => await deps.slots.dayNow(event.eventId, date)),
  ]);
  const keptOf = (id: string): number =>
    teams.reduce((sum, { slotId, seats }) => sum + (slotId === id ? seats.filter(isAsked).length : 0), 0);
  return new Map(
    days.flat().map(({ slot, pools }) => {
      const held = pools.reduce((sum, pool) => sum + (pool.held ?? 0), 0);
      const [gone, kept] = [takenOf(pools) - held, keptOf(slot.slotId)];
      // The two were read one beside the other.
      return [slot.slotId, { taken: Math.max(0, gone - kept), kept: Math.min(gone, kept) }];
    }),
  );
}

/** How many have a place in any of its shifts. */
export async function takenOfEvent(deps: EventsDeps, event: EventItem): Promise<number> {
  const fill = await fillOf(deps, event);
  return event.shifts.reduce((sum, { slotId }) => sum + (fill.get(slotId)?.taken ?? 0), 0);
}
