import type { LocalDate, Procedure } from '../../../shared/domain/vocabulary.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { createSlots } from '../../../shared/store/slots.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';
import { shortCache } from '../../runtime/short-cache.ts';
import { slotsBetween } from './slots-between.ts';

/** Availability is read far more often than it changes, and a booking never trusts it. */
const DAY_MS = 750;
/** On top of the days': together no answer is older than a second and a half. */
const ANSWER_MS = 750;
/** An answer is up to 300 KB. */
const MOST_ANSWERS = 100;
const SITES_MS = 10_000;

export function sitesDeps(store: Store, world: World) {
  const sites = createSites(store);
  const slots = createSlots(store);
  const day = shortCache(world.clock, DAY_MS, ([siteId, date]: [string, LocalDate]) => slots.day(siteId, date));
  const all = shortCache(world.clock, SITES_MS, () => sites.list());
  const reads = {
    site: async (siteId: string) => (await all([])).find((site) => site.siteId === siteId),
    day: async (siteId: string, date: LocalDate) => await day([siteId, date]),
  };
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
    slotsBetween: async (siteId: string, from: LocalDate, to: LocalDate, procedure?: Procedure) =>
      await answers([siteId, from, to, procedure ?? '']),
  };
}
export type SitesDeps = ReturnType<typeof sitesDeps>;
