import { isTouched } from '../domain/closures.ts';
import { addSpan, localDateOf } from '../domain/local-time.ts';
import { siteDay } from '../domain/site-schedule.ts';
import type { Instant, LocalDate } from '../domain/vocabulary.ts';
import type { DraftItem, Store } from './client.ts';
import { createClosures, isInForce } from './closures.ts';
import type { ClosureItem, SiteItem, SiteScheduleItem, SlotItem } from './items/index.ts';
import { keys, partitions, slotId } from './keys.ts';
import { inParallel } from './parallel.ts';
import { AGAIN, type Clock, type Random, withRetries } from './retry.ts';
import { createSites } from './sites.ts';
import { createSlots, newSlotItems } from './slots.ts';

/** How far ahead donors can book: today and the four weeks after it. */
export const DAYS_AHEAD = 28;
const MAX_ITEMS = 100;
const AT_ONCE = 8;

export type ScheduleDeps = { readonly store: Store; readonly clock: Clock; readonly random: Random };

/** Stores a site's week. Slots that stand already stay as they are; those made from now on follow it. */
export async function putSchedule(store: Store, schedule: SiteScheduleItem): Promise<void> {
  await store.put({
    Item: { ...keys.siteSchedule(schedule.siteId, schedule.effectiveFrom), ...schedule },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
}

export function createSchedules(store: Store) {
  return {
    /** Every week a site has had or will have, by the date from which it holds. */
    async ofSite(siteId: string): Promise<SiteScheduleItem[]> {
      return (await store.query<SiteScheduleItem>({ pk: partitions.siteSchedules(siteId) })).items;
    },
  };
}

/**
 * Makes the slots of every site's schedule that are not there yet, from the site's today on. It only ever adds: each item
 * must not exist, so that it may run twice, stop anywhere and run again, and a slot someone may have booked never changes.
 * A site whose slots cannot be made keeps no other from having its own; all such are named in what is thrown at the end.
 */
export async function makeSlots(deps: ScheduleDeps, days = DAYS_AHEAD): Promise<{ made: number }> {
  const now = new Date(deps.clock.now()).toISOString();
  const failures: { siteId: string; error: unknown }[] = [];
  let made = 0;
  for (const site of await createSites(deps.store).list()) {
    try {
      await inParallel(await daysOf(deps.store, site, now, days), AT_ONCE, async (day) => {
        const more = await makeDay(deps, day);
        made += more;
      });
    } catch (error) {
      failures.push({ siteId: site.siteId, error });
    }
  }
  if (failures.length > 0) {
    const where = failures.map(({ siteId }) => siteId).join(', ');
    throw new AggregateError(
      failures.map(({ error }) => error),
      `slots could not be made at: ${where}`,
    );
  }
  return { made };
}

type NewSlot = Parameters<typeof newSlotItems>[0];
type Day = { readonly siteId: string; readonly date: LocalDate; readonly slots: readonly NewSlot[] };

/** What a site's schedule asks for, day by day. */
async function daysOf(store: Store, site: SiteItem, now: Instant, days: number): Promise<Day[]> {
  const schedules = await createSchedules(store).ofSite(site.siteId);
  const closed = (await createClosures(store).ofSite(site.siteId)).filter(isInForce);
  const today = localDateOf(now, site.zone);
  const dates = Array.from({ length: days + 1 }, (_, n) => addSpan(today, { value: n, unit: 'day' }));
  return dates
    .map((date) => ({ siteId: site.siteId, date, slots: left(slotsOf(site, schedules, date), closed, now) }))
    .filter(({ slots }) => slots.length > 0);
}

/** What closures that hold leave of them: one closed before it was there is not made, one that is cut has fewer places. */
const left = (slots: readonly NewSlot[], closed: readonly ClosureItem[], now: Instant): NewSlot[] =>
  slots
    .map((slot) => {
      const places = closed.filter((closure) => isTouched(closure, slot, now)).map((closure) => closure.places);
      return { ...slot, places: Math.min(slot.places, ...places) };
    })
    .filter(({ places }) => places > 0);

function slotsOf(site: SiteItem, schedules: readonly SiteScheduleItem[], date: LocalDate): NewSlot[] {
  const { slots, stop } = siteDay(schedules, date, site.zone);
  const byId = new Map<string, NewSlot>();
  for (const { procedure, places, startsAt, endsAt, time } of slots) {
    const id = slotId(site.siteId, date, time, procedure);
    byId.set(id, {
      slotId: id,
      slotKind: 'donation',
      containerId: site.siteId,
      place: site.name,
      address: site.address,
      procedure,
      pack: site.pack,
      startsAt,
      endsAt,
      date,
      zone: site.zone,
      places,
      cutoffMinutes: site.cutoffMinutes,
      ...(stop && { stop }),
    });
  }
  return [...byId.values()];
}

async function makeDay(deps: ScheduleDeps, { siteId, date, slots }: Day): Promise<number> {
  const there = new Set(
    (await createSlots(deps.store).day(siteId, date)).map(({ slot }: { slot: SlotItem }) => slot.slotId),
  );
  const missing = slots.filter((slot) => !there.has(slot.slotId)).map(newSlotItems);
  let made = 0;
  for (const group of groups(missing)) {
    const result = await deps.store.transact(group.flat());
    // Another run, or a conflict, came between: one by one, each slot is made or found made.
    if (result.ok) made += group.length;
    else for (const items of group) made += (await makeOne(deps, items)) ? 1 : 0;
  }
  return made;
}

/** Whole slots, as many as one transaction takes. */
function groups(slots: readonly DraftItem[][]): DraftItem[][][] {
  const all: DraftItem[][][] = [];
  let size = MAX_ITEMS;
  for (const items of slots) {
    if (size + items.length > MAX_ITEMS) {
      all.push([]);
      size = 0;
    }
    all.at(-1)?.push(items);
    size += items.length;
  }
  return all;
}

async function makeOne(deps: ScheduleDeps, items: DraftItem[]): Promise<boolean> {
  return await withRetries(async () => {
    const result = await deps.store.transact(items);
    if (result.ok) return true;
    return result.conflict ? AGAIN : false;
  }, deps);
}
