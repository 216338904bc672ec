import { createSendQueue, type SendQueue } from '../../../shared/notify/queue.ts';
import { parseQuiet, TEXT_SETTINGS, type TextSettings } from '../../../shared/notify/settings.ts';
import { optionalEnv, requireEnv } from '../../runtime/env.ts';

/** SEND_QUEUE_URL, and SQS_ENDPOINT off AWS. */
export function sendQueueFromEnv(): SendQueue {
  const endpoint = optionalEnv('SQS_ENDPOINT');
  return createSendQueue({ queueUrl: requireEnv('SEND_QUEUE_URL'), client: { ...(endpoint && { endpoint }) } });
}

/** The settings of texts, with what this deployment changes: USED_HOLD_SECONDS, QUIET_HOURS, DAILY_TEXTS, MONTHLY_SEGMENTS. */
export function textSettingsFromEnv(): TextSettings {
  const quiet = optionalEnv('QUIET_HOURS');
  return {
    ...TEXT_SETTINGS,
    ...(quiet && { quiet: parseQuiet(quiet) }),
    usedHoldSeconds: numberFromEnv('USED_HOLD_SECONDS') ?? TEXT_SETTINGS.usedHoldSeconds,
    dailyCap: numberFromEnv('DAILY_TEXTS') ?? TEXT_SETTINGS.dailyCap,
    monthlySegments: numberFromEnv('MONTHLY_SEGMENTS') ?? TEXT_SETTINGS.monthlySegments,
  };
}

function numberFromEnv(name: string): number | undefined {
  const value = optionalEnv(name);
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value)) throw new Error(`${name} is not a whole number`);
  return Number(value);
}
