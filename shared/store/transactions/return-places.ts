import { covers, isInLine, mayWaitFor } from '../../domain/waitlist.ts';
import type { DraftItem } from '../client.ts';
import type { BookingItem, PoolItem, WaitItem } from '../items/index.ts';
import { keys } from '../keys.ts';
import { returnPlace } from '../slots.ts';
import { createWaits, type LineKey, lineAsRead, lineWrite, waitAfter, waitStruck, waitWrite } from '../waits.ts';
import { type EngineDeps, nowOf } from './deps.ts';

/** A place that comes back, and who gives it up. */
export type GivenPlace = Pick<
  BookingItem,
  'personId' | 'slotId' | 'pool' | 'containerId' | 'date' | 'startsAt' | 'zone' | 'procedure'
>;

/**
 * What gives the places of bookings that end, or move, back: free where nobody waits, else held for the first in line, to
 * be written in the transaction that ends them. Where nobody waits, which the pool itself says, that is one write a place.
 * Where somebody does, it rests on the list as read here; whoever gives a place up is struck off as waiting for it.
 */
export async function returnPlaces(deps: EngineDeps, bookings: readonly GivenPlace[]): Promise<DraftItem[]> {
  if (bookings.length === 0) return [];
  const pools = (await deps.store.batchGet(
    bookings.map(({ slotId, pool }) => keys.pool(slotId, pool)),
    { consistent: true },
  )) as (PoolItem | undefined)[];
  const items: DraftItem[] = [];
  const waited = new Map<string, { key: LineKey; given: { booking: GivenPlace; open: boolean }[] }>();
  for (const [n, booking] of bookings.entries()) {
    const { slotId, pool, containerId, date } = booking;
    if (!pools[n]?.waits) items.push(returnPlace(slotId, pool, 'free', true));
    else {
      const id = keys.waitLine(containerId, date).pk;
      const day = waited.get(id) ?? { key: { containerId, date }, given: [] };
      day.given.push({ booking, open: pools[n].open });
      waited.set(id, day);
    }
  }
  for (const { key, given } of waited.values()) items.push(...(await returnToLine(deps, key, given)));
  return items;
}

async function returnToLine(
  deps: EngineDeps,
  key: LineKey,
  given: readonly { booking: GivenPlace; open: boolean }[],
): Promise<DraftItem[]> {
  const now = nowOf(deps);
  const { line, waits } = await createWaits(deps.store).ofDay(key);
  const held = given.map(
    ({ booking, open }) =>
      open &&
      mayWaitFor(now, booking) &&
      waits.some((wait) => wait.personId !== booking.personId && isInLine(wait.status) && covers(wait, booking)),
  );
  const own = given.flatMap(({ booking }) =>
    waits.filter((wait) => wait.personId === booking.personId && isInLine(wait.status) && covers(wait, booking)),
  );
  const struck = [...new Set(own)].map((wait) => strike(wait, given, now));
  // A place that is held, or that was kept for who leaves the line, is to be given on at once.
  const isDue = held.some(Boolean) || own.some(({ status, slotId }) => status === 'offered' && slotId !== undefined);
  return [
    ...given.map(({ booking }, n) => returnPlace(booking.slotId, booking.pool, held[n] ? 'held' : 'free')),
    ...struck,
    isDue || struck.length > 0 ? lineWrite(key, line, isDue ? now : line?.wakeAt) : lineAsRead(key, line),
  ];
}

/**
 * Who gives a place up does not get it back: one who waited for that slot leaves, one for any time waits for the others, and
 * keeps the offer they may have of one of those.
 */
function strike(wait: WaitItem, given: readonly { booking: GivenPlace }[], now: string): DraftItem {
  if (wait.slotId !== undefined) return waitWrite(wait, waitAfter(wait, 'leave', { now }), 'leave');
  const slots = given.map(({ booking }) => booking.slotId).filter((slotId) => covers(wait, { ...wait, slotId }));
  return waitStruck(wait, slots);
}
