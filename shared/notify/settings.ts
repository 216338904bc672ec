import type { QuietHours } from '../domain/quiet-hours.ts';
import type { MessageTemplate } from '../domain/vocabulary.ts';

/**
 * What tells of a donor's past: not for whoever has the number by now. That one may give again, which was asked for and comes
 * half a year later, names no donation and is sent.
 */
export const TELLS_HISTORY: readonly MessageTemplate[] = ['donation-thanked', 'blood-used', 'blood-used-correction'];

/** How texts are sent. A deployment may change those that deps.ts reads from the environment. */
export type TextSettings = {
  /** When the texts below wait; undefined: never. */
  readonly quiet: QuietHours | undefined;
  readonly quietTemplates: readonly MessageTemplate[];
  /** Most texts a person gets on a local date. */
  readonly dailyCap: number;
  /** Most segments the deployment pays for in a month (UTC). */
  readonly monthlySegments: number;
  /** How long a "used" text waits for a correction. */
  readonly usedHoldSeconds: number;
  /** How long a claim keeps others away; longer than a provider may take (PUBLISH_TIMEOUT_MS). */
  readonly leaseSeconds: number;
  readonly maxAttempts: number;
  readonly retryAfterSeconds: number;
};

export const TEXT_SETTINGS: TextSettings = {
  quiet: { from: '21:00', to: '08:00' },
  // What somebody waits for, a booking and what becomes of it, comes at any hour; these can wait for the morning.
  // An offer is never made in them, so that its time does not run while its person sleeps.
  quietTemplates: [
    'hours-approved',
    'hours-rejected',
    'donation-thanked',
    'blood-used',
    'blood-used-correction',
    'donation-day-before',
    'donation-soon',
    'shift-day-before',
    'shift-soon',
    'may-give-again',
    'donation-wait-closed',
    'shift-wait-closed',
    'donation-called',
  ],
  dailyCap: 10,
  monthlySegments: 100_000,
  usedHoldSeconds: 1800,
  leaseSeconds: 60,
  maxAttempts: 2,
  retryAfterSeconds: 30,
};

const TIME = '([01]\\d|2[0-3]):[0-5]\\d';
const QUIET = new RegExp(`^(${TIME})-(${TIME})$`);

/** Reads `21:00-08:00`, or `off`. */
export function parseQuiet(value: string): TextSettings['quiet'] {
  if (value === 'off') return undefined;
  const found = QUIET.exec(value);
  if (!found?.[1] || !found[3]) throw new Error('QUIET_HOURS is neither `off` nor like 21:00-08:00');
  return { from: found[1], to: found[3] };
}
