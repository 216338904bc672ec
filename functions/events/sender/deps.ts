import type { TextSettings } from '../../../shared/notify/settings.ts';
import type { SmsSender } from '../../../shared/notify/sms.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createMessages } from '../../../shared/store/messages.ts';
import type { World } from '../../runtime/common-deps.ts';

export const senderDeps = (
  store: Store,
  world: World,
  config: { readonly send: SmsSender; readonly signature: string; readonly settings: TextSettings },
) => ({ store, messages: createMessages(store), ...world, ...config });
export type SenderDeps = ReturnType<typeof senderDeps>;
