import type { Store } from './client.ts';
import type { SiteItem } from './items/index.ts';
import { keys, partitions } from './keys.ts';

export function createSites(store: Store) {
  return {
    async list(): Promise<SiteItem[]> {
      return (await store.query<SiteItem>({ pk: partitions.sites() })).items;
    },
    async get(siteId: string): Promise<SiteItem | undefined> {
      return await store.get<SiteItem>(keys.site(siteId));
    },
    /** As it is now. */
    async getNow(siteId: string): Promise<SiteItem | undefined> {
      return await store.get<SiteItem>(keys.site(siteId), { consistent: true });
    },
  };
}
