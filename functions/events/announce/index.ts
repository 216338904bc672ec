import { requireEnv } from '../../runtime/env.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { textSettingsFromEnv } from '../../runtime/text-settings.ts';
import { sendQueueFromEnv } from '../common/env.ts';
import { announceDeps } from './deps.ts';
import { announceHandler } from './handler.ts';

export const handler = announceHandler(
  once(() =>
    announceDeps(storeFromEnv(), systemWorld('announce'), {
      queue: sendQueueFromEnv(),
      publicUrl: requireEnv('PUBLIC_URL'),
      ...textSettingsFromEnv(),
    }),
  ),
);
