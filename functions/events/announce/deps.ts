import type { SendQueue } from '../../../shared/notify/queue.ts';
import type { Store } from '../../../shared/store/client.ts';
import type { World } from '../../runtime/common-deps.ts';
import type { AnnounceDeps } from '../common/announce-booking.ts';

export const announceDeps = (
  store: Store,
  world: World,
  config: { readonly queue: SendQueue; readonly publicUrl: string; readonly usedHoldSeconds: number },
) => ({ store, ...world, ...config }) satisfies AnnounceDeps;
export type AnnounceHandlerDeps = ReturnType<typeof announceDeps>;
