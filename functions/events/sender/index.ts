import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { textSettingsFromEnv } from '../../runtime/text-settings.ts';
import { senderDeps } from './deps.ts';
import { senderHandler } from './handler.ts';
import { smsFromEnv } from './sms-from-env.ts';

export const handler = senderHandler(
  once(() => senderDeps(storeFromEnv(), systemWorld('sender'), { ...smsFromEnv(), settings: textSettingsFromEnv() })),
);
