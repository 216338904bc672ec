import { following } from '../../../shared/store/event-changes.ts';
import type { EventItem } from '../../../shared/store/items/index.ts';
import type { EventsDeps } from './deps.ts';

/** Those of an event's series that come after it and still stand; none where it is one of no series. */
export async function followersOf(deps: EventsDeps, event: EventItem): Promise<EventItem[]> {
  const series = event.seriesId === undefined ? undefined : await deps.series.get(event.seriesId);
  return series ? following(event, await deps.series.events(series)) : [];
}
