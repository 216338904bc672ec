import type { Store } from '../../../shared/store/client.ts';
import { createMessages } from '../../../shared/store/messages.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';

export const messagesDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  messages: createMessages(store),
});
export type MessagesDeps = ReturnType<typeof messagesDeps>;
