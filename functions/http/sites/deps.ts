import { addSpan } from '../../../shared/domain/dates.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { LocalDate, Procedure } from '../../../shared/domain/vocabulary.ts';
import type { Store } from '../../../shared/store/client.ts';
import { offeredDay } from '../../../shared/store/drives.ts';
import { createSchedules, DAYS_AHEAD } from '../../../shared/store/schedules.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { createSlots } from '../../../shared/store/slots.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';
import { shortCache } from '../../runtime/short-cache.ts';
import { daysBetween } from './days-between.ts';
import { firstFree, nextFree } from './find-next-free.ts';
import { slotsBetween } from './slots-between.ts';

/** Availability is read far more often than it changes, and a booking never trusts it. */
const DAY_MS = 750;
/** On top of the days': together no answer is older than a second and a half. */
const ANSWER_MS = 750;
/** An answer is up to 300 KB. */
const MOST_ANSWERS = 100;
const SITES_MS = 10_000;
/** A day's sum of what is free is a hint to choose by: read again less often than its times are. */
const SUM_MS = 2_000;
/** How long a search for room is not repeated over days that had none. */
const HINT_MS = 10_000;
const SCHEDULES_MS = 60_000;

export function sitesDeps(store: Store, world: World) {
  const sites = createSites(store);
  const slots = createSlots(store);
  const day = shortCache(world.clock, DAY_MS, ([siteId, date]: [string, LocalDate]) => offeredDay(store, siteId, date));
  const all = shortCache(world.clock, SITES_MS, () => sites.list());
  const reads = {
    site: async (siteId: string) => (await all([])).find((site) => site.siteId === siteId),
    day: async (siteId: string, date: LocalDate) => await day([siteId, date]),
  };
  const dayForSums = shortCache(world.clock, SUM_MS, ([siteId, date]: [string, LocalDate]) => day([siteId, date]));
  const schedules = shortCache(world.clock, SCHEDULES_MS, ([siteId]: [string]) =>
    createSchedules(store).ofSite(siteId),
  );
  const sums = shortCache(
    world.clock,
    ANSWER_MS,
    ([siteId, from, to, procedure]: [string, LocalDate, LocalDate, Procedure]) =>
      daysBetween(
        {
          site: reads.site,
          day: async (...of) => await dayForSums(of),
          schedules: async (id) => await schedules([id]),
        },
        { siteId, from, to, procedure, now: nowOf(world) },
      ),
  );
  const hint = shortCache(
    world.clock,
    HINT_MS,
    async ([siteId, procedure, from]: [string, Procedure, LocalDate]): Promise<LocalDate | undefined> => {
      const now = nowOf(world);
      const zone = (await reads.site(siteId))?.zone ?? 'UTC';
      const last = addSpan(localDateOf(now, zone), { value: DAYS_AHEAD, unit: 'day' });
      return (await firstFree(reads, { siteId, procedure, from, last, now }))?.slot.date;
    },
  );
  const next = shortCache(world.clock, ANSWER_MS, ([from]: [LocalDate | '']) =>
    nextFree(
      { sites: async () => await all([]), day: reads.day, hint: async (...of) => await hint(of) },
      { from, now: nowOf(world) },
    ),
  );
  const answers = shortCache(
    world.clock,
    ANSWER_MS,
    ([siteId, from, to, procedure]: [string, LocalDate, LocalDate, string]) =>
      slotsBetween(reads, { siteId, from, to, procedure, now: nowOf(world) }),
    MOST_ANSWERS,
  );
  return {
    ...commonDeps(store, world),
    sites: async () => await all([]),
    site: reads.site,
    slot: async (slotId: string) => await slots.get(slotId),
    /** What was answered a moment ago is the same object, so it is written only once. */
    daysBetween: async (siteId: string, from: LocalDate, to: LocalDate, procedure: Procedure) =>
      await sums([siteId, from, to, procedure]),
    nextFree: async (from: LocalDate | '') => await next([from]),
    slotsBetween: async (siteId: string, from: LocalDate, to: LocalDate, procedure?: Procedure) =>
      await answers([siteId, from, to, procedure ?? '']),
  };
}
export type SitesDeps = ReturnType<typeof sitesDeps>;
