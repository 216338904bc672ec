import type { SendQueue } from '../../../shared/notify/queue.ts';
import type { Store } from '../../../shared/store/client.ts';
import type { World } from '../../runtime/common-deps.ts';
import type { AnnounceConfig, AnnounceDeps } from '../common/announce-deps.ts';
import { siteList } from '../common/site-list.ts';

export const announceDeps = (store: Store, world: World, config: { readonly queue: SendQueue } & AnnounceConfig) =>
  ({ store, sites: siteList(store, world.clock), ...world, ...config }) satisfies AnnounceDeps;
export type AnnounceHandlerDeps = ReturnType<typeof announceDeps>;
