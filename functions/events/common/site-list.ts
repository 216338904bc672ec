import type { Store } from '../../../shared/store/client.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import type { Clock } from '../../../shared/store/retry.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { shortCache } from '../../runtime/short-cache.ts';

export type SiteList = () => Promise<readonly SiteItem[]>;

/** A setting that was changed is noticed within this time. */
export const SITES_MS = 60_000;

/** Every site, read once in a while and not for each booking. */
export function siteList(store: Store, clock: Pick<Clock, 'now'>): SiteList {
  const cached = shortCache(clock, SITES_MS, async () => await createSites(store).list());
  return async () => await cached([]);
}
