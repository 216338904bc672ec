import { requireEnv } from '../../runtime/env.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { textSettingsFromEnv } from '../../runtime/text-settings.ts';
import { sendQueueFromEnv } from '../common/env.ts';
import { tickDeps } from './deps.ts';
import { tickHandler } from './handler.ts';

export const handler = tickHandler(
  once(() =>
    tickDeps(storeFromEnv(), systemWorld('tick'), {
      queue: sendQueueFromEnv(),
      publicUrl: requireEnv('PUBLIC_URL'),
      ...textSettingsFromEnv(),
    }),
  ),
);
