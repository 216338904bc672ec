import type { SendQueue } from '../../../shared/notify/queue.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createDonations } from '../../../shared/store/donations.ts';
import { createEvents } from '../../../shared/store/events.ts';
import { groupTexts } from '../../../shared/store/figures/count.ts';
import { createMessages } from '../../../shared/store/messages.ts';
import { createWaits } from '../../../shared/store/waits.ts';
import { engineDeps, type World } from '../../runtime/common-deps.ts';
import type { AnnounceConfig } from '../common/announce-deps.ts';
import { siteList } from '../common/site-list.ts';

export const tickDeps = (store: Store, world: World, config: { readonly queue: SendQueue } & AnnounceConfig) => ({
  store,
  engine: engineDeps(store, world),
  messages: createMessages(store),
  donations: createDonations(store),
  sites: siteList(store, world.clock),
  events: createEvents(store),
  waits: createWaits(store),
  groupsOf: groupTexts(store),
  ...world,
  ...config,
});
export type TickDeps = ReturnType<typeof tickDeps>;
