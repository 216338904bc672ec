import type { Instant } from '../../../shared/domain/vocabulary.ts';
import { createBookings } from '../../../shared/store/bookings.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createCovers } from '../../../shared/store/covers.ts';
import { createEvents, type Room } from '../../../shared/store/events.ts';
import type { EventItem } from '../../../shared/store/items/index.ts';
import { indexes } from '../../../shared/store/keys.ts';
import { createSeries } from '../../../shared/store/series.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { createSlots } from '../../../shared/store/slots.ts';
import { createTries } from '../../../shared/store/tries.ts';
import { createWaits } from '../../../shared/store/waits.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';
import { pageOf } from '../../runtime/page.ts';
import { shortCache } from '../../runtime/short-cache.ts';

/** Free places are read far more often than they change, and a sign-up never trusts them. */
const PUBLIC_MS = 1_500;

/** An event with what is free, and what is kept for who waits, in each of its shifts' slots. */
export type WithRoom = {
  readonly event: EventItem;
  readonly room: ReadonlyMap<string, Room>;
  /** By slot, how many look for anybody to take over. */
  readonly covers?: ReadonlyMap<string, number>;
};

export function eventsDeps(store: Store, world: World) {
  const events = createEvents(store);
  const withRoom = async (items: readonly EventItem[]): Promise<WithRoom[]> => {
    const room = await events.room(items);
    return items.map((event) => ({ event, room }));
  };
  const list = shortCache(world.clock, PUBLIC_MS, async ([from, limit, cursor]: [Instant, number | '', string]) => {
    const query = { ...(limit && { limit }), ...(cursor && { cursor }) };
    const page = await events.published(from, pageOf(query, { pkName: 'gsi1pk', pk: indexes.published() }));
    return { ...page, items: await withRoom(page.items) };
  });
  const one = shortCache(world.clock, PUBLIC_MS, async ([eventId]: [string]): Promise<WithRoom | undefined> => {
    const event = await events.get(eventId);
    const [seen] = event ? await withRoom([event]) : [];
    if (seen?.event.status !== 'published') return seen;
    const covers = new Map<string, number>();
    for (const { cover } of await createCovers(store).asked(eventId)) {
      if (cover.open) covers.set(cover.slotId, (covers.get(cover.slotId) ?? 0) + 1);
    }
    return { ...seen, covers };
  });
  return {
    ...commonDeps(store, world),
    engine: engineDeps(store, world),
    bookings: createBookings(store),
    events,
    waits: createWaits(store),
    tries: createTries({ store, clock: world.clock, random: world.random }),
    series: createSeries(store),
    sites: createSites(store),
    slots: createSlots(store),
    withRoom,
    /** The public's view, at most a moment old: published events that end at or after an instant. */
    published: async (from: Instant, query: { limit?: number | undefined; cursor?: string | undefined }) =>
      await list([from, query.limit ?? '', query.cursor ?? '']),
    /** The public's view of one event, at most a moment old. */
    one: async (eventId: string) => await one([eventId]),
  };
}
export type EventsDeps = ReturnType<typeof eventsDeps>;
