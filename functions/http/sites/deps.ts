import type { LocalDate } from '../../../shared/domain/vocabulary.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { createSlots } from '../../../shared/store/slots.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';
import { shortCache } from '../../runtime/short-cache.ts';

/** Availability is read far more often than it changes, and a booking never trusts it. */
const SLOTS_MS = 1_500;
const SITES_MS = 10_000;

export function sitesDeps(store: Store, world: World) {
  const sites = createSites(store);
  const slots = createSlots(store);
  const day = shortCache(world.clock, SLOTS_MS, ([siteId, date]: [string, LocalDate]) => slots.day(siteId, date));
  const all = shortCache(world.clock, SITES_MS, () => sites.list());
  return {
    ...commonDeps(store, world),
    sites: async () => await all([]),
    site: async (siteId: string) => (await all([])).find((site) => site.siteId === siteId),
    day: async (siteId: string, date: LocalDate) => await day([siteId, date]),
  };
}
export type SitesDeps = ReturnType<typeof sitesDeps>;
