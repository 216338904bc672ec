import { leaving } from '../../domain/closures.ts';
import type { LocalDate } from '../../domain/vocabulary.ts';
import { closureWrite, createClosures, datesOf } from '../closures.ts';
import { createDonations } from '../donations.ts';
import { everyItem } from '../every.ts';
import type { BookingItem, ClosureItem, SiteItem } from '../items/index.ts';
import { createNearby, type NearbyPlaces } from '../nearby.ts';
import { AGAIN, withRetries } from '../retry.ts';
import { changePool, createSlots, growHeld, placesMoved, takenOf, type WholeSlot } from '../slots.ts';
import { cutItems, shutSlots, slotUpdate } from './begin-closure.ts';
import { nowOf } from './deps.ts';
import { moveAway, moveBack } from './move-booking.ts';
import { type MoveDeps, moveLine } from './move-line.ts';

/** As many people as one run moves, so that it ends; the next goes on with the others. */
const MOST_MOVES = 200;
const PAGE = 100;

/**
 * Takes a closure, or its end, as far as it goes now. Each step is one transaction that rests on what it read, so it may be
 * stopped anywhere, run twice or by several at once; what is not finished stays in the index for the next run.
 */
export async function goOnClosing(
  deps: MoveDeps,
  sites: readonly SiteItem[],
  { siteId, closureId }: { siteId: string; closureId: string },
): Promise<void> {
  const closure = await createClosures(deps.store).get(siteId, closureId);
  const site = sites.find((it) => it.siteId === siteId);
  if (!closure || !site) return;
  if (closure.status === 'applying') await apply(deps, closure, site, createNearby(deps.store, sites));
  if (closure.status === 'reopening') await reopen(deps, closure);
}

/** Goes on with every closure that is not finished. One that fails keeps no other from its turn. */
export async function resumeClosures(deps: MoveDeps, sites: readonly SiteItem[]): Promise<void> {
  const failures: unknown[] = [];
  for (const closure of await createClosures(deps.store).unfinished()) {
    await goOnClosing(deps, sites, closure).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some closures could not be gone on with');
}

async function apply(deps: MoveDeps, closure: ClosureItem, site: SiteItem, places: NearbyPlaces): Promise<void> {
  let finished = await shutSlots(deps, closure);
  let left = MOST_MOVES;
  for (const date of datesOf(closure)) {
    if (!(await hasShut(deps, closure, date))) continue;
    // What was held for those who wait is nobody's any more.
    await moveLine(deps, { containerId: closure.siteId, date });
    const roster = await rosterOf(deps, closure.siteId, date);
    for (const { slot } of await shutOn(deps, closure, date)) {
      const held = roster.filter(({ slotId, status }) => slotId === slot.slotId && status !== 'cancelled');
      const leavers = leaving(held, closure.places);
      for (const booking of leavers) {
        if (left === 0) return;
        left -= 1;
        await moveAway(deps, closure, site, booking, places);
      }
      const stay = held.length - leavers.length;
      const done = await withRetries(async () => await settle(deps, closure, slot.slotId, stay), deps);
      finished &&= done;
    }
  }
  if (finished) await deps.store.transact([closureWrite(closure, { status: 'applied' }, nowOf(deps)).write]);
}

const isShut = ({ slot }: WholeSlot, { closureId }: ClosureItem): boolean =>
  slot.closure?.id === closureId && (slot.status === 'closing' || slot.status === 'settling');

const shutOn = async ({ store }: MoveDeps, closure: ClosureItem, date: LocalDate): Promise<WholeSlot[]> =>
  (await createSlots(store).dayNow(closure.siteId, date)).filter((whole) => isShut(whole, closure));

const hasShut = async (deps: MoveDeps, closure: ClosureItem, date: LocalDate): Promise<boolean> =>
  (await shutOn(deps, closure, date)).length > 0;

async function rosterOf({ store }: MoveDeps, siteId: string, date: LocalDate): Promise<BookingItem[]> {
  const donations = createDonations(store);
  return await everyItem(async (page) => await donations.roster(siteId, date, { limit: PAGE, ...page }));
}

/**
 * Ends a slot's part: closed, or as it was with fewer places. The roster is an index and may lag behind, but the pools do not:
 * while they hold more than can stay, somebody has not been seen yet, and the next run looks again.
 */
async function settle(
  deps: MoveDeps,
  closure: ClosureItem,
  slotId: string,
  stay: number,
): Promise<boolean | typeof AGAIN> {
  const whole = await createSlots(deps.store).whole(slotId);
  if (!whole || !isShut(whole, closure)) return true;
  const { slot, pools } = whole;
  const held = pools.reduce((sum, pool) => sum + (pool.held ?? 0), 0);
  if (takenOf(pools) - held > Math.max(closure.places, stay)) return false;
  // Somebody's offer is being taken back.
  if (held > 0) return false;
  const items =
    closure.places === 0
      ? [slotUpdate(slot, { status: 'closed' })]
      : cutItems(whole, closure.places, { status: slot.closure?.status ?? 'open' });
  return (await deps.store.transact(items)).ok || AGAIN;
}

async function reopen(deps: MoveDeps, closure: ClosureItem): Promise<void> {
  const slots = createSlots(deps.store);
  const own = async (date: LocalDate) =>
    (await slots.dayNow(closure.siteId, date)).filter(({ slot }) => slot.closure?.id === closure.closureId);
  const each = async (step: (whole: WholeSlot) => ReturnType<typeof restore>): Promise<void> => {
    for (const date of datesOf(closure)) {
      for (const { slot } of await own(date)) {
        await withRetries(async () => {
          const whole = await slots.whole(slot.slotId);
          return whole?.slot.closure?.id === closure.closureId ? await step(whole) : true;
        }, deps);
      }
    }
  };

  await each(async (whole) => await restore(deps, whole));
  for (const date of datesOf(closure)) await moveLine(deps, { containerId: closure.siteId, date });
  for (const move of await createClosures(deps.store).moves(closure.closureId)) {
    if (move.to && !move.returnedAt && !move.acceptedAt) await moveBack(deps, move);
  }
  await each(async (whole) => await open(deps, whole));
  await deps.store.transact([closureWrite(closure, { status: 'reopened' }, nowOf(deps)).write]);
}

/** Gives a slot the places it had, still shut: whoever comes back to it goes before whoever books next. */
async function restore(deps: MoveDeps, { slot, pools }: WholeSlot): Promise<boolean | typeof AGAIN> {
  if (slot.status === 'settling' && slot.places === slot.closure?.places) return true;
  const places = Math.max(slot.closure?.places ?? slot.places, takenOf(pools));
  const by = new Map((placesMoved(pools, places) ?? []).map((moved) => [moved.k, moved.by]));
  const result = await deps.store.transact([
    slotUpdate(slot, { status: 'settling', places }),
    ...pools
      .filter((pool) => by.has(pool.k) || pool.open)
      .map((pool) => (pool.waits ? growHeld : changePool)(slot.slotId, pool.k, by.get(pool.k) ?? 0, false)),
  ]);
  return result.ok || AGAIN;
}

async function open(deps: MoveDeps, { slot, pools }: WholeSlot): Promise<boolean | typeof AGAIN> {
  const status = slot.closure?.status ?? 'open';
  const result = await deps.store.transact([
    slotUpdate(slot, { status, closure: 'none' }),
    ...(status === 'open' ? pools.map(({ k }) => changePool(slot.slotId, k, 0, true)) : []),
  ]);
  return result.ok || AGAIN;
}
