import { parseQuiet, TEXT_SETTINGS, type TextSettings } from '../../shared/notify/settings.ts';
import { optionalEnv } from './env.ts';

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
