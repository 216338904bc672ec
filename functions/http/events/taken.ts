import { isAsked } from '../../../shared/domain/teams.ts';
import type { EventItem } from '../../../shared/store/items/index.ts';
import { takenOf } from '../../../shared/store/slots.ts';
import { createTeams } from '../../../shared/store/teams.ts';
import type { EventsDeps } from './deps.ts';

export const datesOf = ({ shifts }: EventItem): string[] => [...new Set(shifts.map(({ date }) => date))];

/** By slot, places that team leads keep for whoever they named, until those say yes. */
export async function keptIn(deps: EventsDeps, { eventId, mostTeam }: EventItem): Promise<Map<string, number>> {
  const kept = new Map<string, number>();
  const teams = mostTeam === undefined ? [] : await createTeams(deps.store).ofEvent(eventId);
  for (const { slotId, seats } of teams) kept.set(slotId, (kept.get(slotId) ?? 0) + seats.filter(isAsked).length);
  return kept;
}

/** By slot, places that somebody has: not those that are kept for who waits, or for who has yet to say yes. */
export async function takenIn(deps: EventsDeps, event: EventItem): Promise<Map<string, number>> {
  if (event.status === 'draft') return new Map();
  const [kept, ...days] = await Promise.all([
    keptIn(deps, event),
    ...datesOf(event).map(async (date) => await deps.slots.dayNow(event.eventId, date)),
  ]);
  return new Map(
    days.flat().map(({ slot, pools }) => {
      const held = pools.reduce((sum, pool) => sum + (pool.held ?? 0), 0);
      return [slot.slotId, takenOf(pools) - held - (kept.get(slot.slotId) ?? 0)];
    }),
  );
}

/** How many have a place in any of its shifts. */
export async function takenOfEvent(deps: EventsDeps, event: EventItem): Promise<number> {
  const taken = await takenIn(deps, event);
  return event.shifts.reduce((sum, { slotId }) => sum + (taken.get(slotId) ?? 0), 0);
}
