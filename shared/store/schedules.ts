import { leftOf } from '../domain/closures.ts';
import { addSpan } from '../domain/dates.ts';
import { localDateOf } from '../domain/local-time.ts';
import { planDay, type StandingSlot } from '../domain/plan-week.ts';
import { siteDay } from '../domain/site-schedule.ts';
import type { Instant, LocalDate } from '../domain/vocabulary.ts';
import type { DraftItem, Store } from './client.ts';
import { createClosures, isInForce } from './closures.ts';
import type { SiteItem, SiteScheduleItem } from './items/index.ts';
import { keys, parseSlotId, partitions, slotId } from './keys.ts';
import { inParallel } from './parallel.ts';
import { AGAIN, type Clock, type Random, withRetries } from './retry.ts';
import { createSites } from './sites.ts';
import { createSlots, newSlotItems, slotRemoval, takenOf, type WholeSlot } from './slots.ts';

/** How far ahead donors can book: today and the four weeks after it. */
export const DAYS_AHEAD = 28;
const MAX_ITEMS = 100;
const AT_ONCE = 8;

export type ScheduleDeps = { readonly store: Store; readonly clock: Clock; readonly random: Random };

/** Stores a site's first week. Slots that stand already stay as they are; those made from now on follow it. */
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
      made += await makeSlotsOf(deps, site, now, days);
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

/** The same for one site, as soon as its week has changed. */
export async function makeSlotsOf(
  deps: ScheduleDeps,
  site: SiteItem,
  now: Instant,
  days = DAYS_AHEAD,
): Promise<number> {
  let made = 0;
  await clearWay(deps, site, now, days);
  await inParallel(await daysOf(deps.store, site, now, days), AT_ONCE, async (day) => {
    const more = await makeDay(deps, day, now);
    made += more;
  });
  return made;
}

/**
 * Takes away the slots that a changed week no longer has and that nobody holds or waits for, until there are none left: a week that was
 * changed is marked until then, so that this goes on where it was stopped, and comes back for what is closed later. What somebody
 * books meanwhile stays.
 */
async function clearWay(deps: ScheduleDeps, site: SiteItem, now: Instant, days: number): Promise<void> {
  const schedules = await createSchedules(deps.store).ofSite(site.siteId);
  const changed = schedules.filter(({ unsettled }) => unsettled);
  if (changed.length === 0) return;
  const today = localDateOf(now, site.zone);
  let settled = true;
  for (let n = 0; n <= days; n += 1) {
    const date = addSpan(today, { value: n, unit: 'day' });
    const wanted = siteDay(schedules, date, site.zone).slots;
    const day = await createSlots(deps.store).dayNow(site.siteId, date);
    const { goes, toClose } = planDay(wanted, standingDay(day), now);
    const gone = new Set(goes.map(({ time, procedure }) => slotId(site.siteId, date, time, procedure)));
    const leaving = day.filter(({ slot }) => gone.has(slot.slotId));
    settled &&= toClose.length === 0;
    await inParallel(leaving, AT_ONCE, async (whole) => {
      const { ok } = await deps.store.transact(slotRemoval(whole));
      settled &&= ok;
    });
  }
  if (settled) for (const week of changed) await settleWeek(deps.store, week);
}

/**
 * A day as the comparison with a week sees it: what is kept for a work unit is places of the time it came from, and as good
 * as taken.
 */
export const standingDay = (day: readonly WholeSlot[]): StandingSlot[] =>
  day
    .filter(({ slot }) => !slot.block)
    .map((whole) => {
      const standing = standingSlot(whole);
      const kept = day
        .filter(({ slot }) => slot.block?.of === whole.slot.slotId)
        .reduce((sum, { slot }) => sum + slot.places, 0);
      return { ...standing, places: standing.places + kept, taken: standing.taken + kept };
    });

const standingSlot = ({ slot, pools }: WholeSlot): StandingSlot => ({
  procedure: slot.procedure ?? 'whole-blood',
  time: parseSlotId(slot.slotId)?.time ?? '',
  startsAt: slot.startsAt,
  endsAt: slot.endsAt,
  places: slot.places,
  taken: takenOf(pools),
  waited: pools.some(({ waits }) => waits),
  status: slot.status,
});

/** What is written of a week by the job: that nothing of it is left to do, unless it was changed meanwhile. */
async function settleWeek(store: Store, { siteId, effectiveFrom, version = 0 }: SiteScheduleItem): Promise<void> {
  await store.transact([
    {
      Update: {
        Key: keys.siteSchedule(siteId, effectiveFrom),
        UpdateExpression: 'REMOVE #unsettled',
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#unsettled': 'unsettled', '#version': 'version' },
        ExpressionAttributeValues: { ':version': version },
      },
    },
  ]);
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
    .map((date) => ({ siteId: site.siteId, date, slots: leftOf(slotsOf(site, schedules, date), closed, now) }))
    .filter(({ slots }) => slots.length > 0);
}

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

async function makeDay(deps: ScheduleDeps, { siteId, date, slots }: Day, now: Instant): Promise<number> {
  const day = await createSlots(deps.store).dayNow(siteId, date);
  const there = new Set(day.map(({ slot }) => slot.slotId));
  const wanted = slots.map((slot) => ({
    ...slot,
    procedure: slot.procedure ?? 'whole-blood',
    time: parseSlotId(slot.slotId)?.time ?? '',
  }));
  const { blocked } = planDay(wanted, standingDay(day), now);
  const waits = new Set(blocked.map(({ procedure, time }) => slotId(siteId, date, time, procedure)));
  const missing = slots
    .filter((slot) => !there.has(slot.slotId) && !waits.has(slot.slotId))
    .map((slot) => newSlotItems(slot));
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
