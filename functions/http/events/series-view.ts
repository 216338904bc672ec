import type * as z from 'zod';
import type { Series } from '../../../shared/contract/events.ts';
import type { SeriesItem } from '../../../shared/store/items/index.ts';
import { eventsOf } from '../../../shared/store/series.ts';
import type { EventsDeps } from './deps.ts';

/** A series with how each of its events stands. */
export async function seriesView(deps: EventsDeps, series: SeriesItem): Promise<z.input<typeof Series>> {
  const there = new Map((await deps.series.events(series)).map((event) => [event.eventId, event]));
  return {
    seriesId: series.seriesId,
    every: series.every,
    status: series.status,
    items: eventsOf(series).map(({ date, eventId }) => {
      const event = there.get(eventId);
      return {
        date,
        eventId,
        ...(event && { status: event.status, startsAt: event.startsAt, version: event.version }),
      };
    }),
  };
}
