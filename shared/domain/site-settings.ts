import type { ReminderSettings } from './reminders.ts';
import { LOCK_BOUNDS } from './station.ts';

/** What a site's staff decide of its texts and its bookings. */
export type SiteSettings = {
  /** Where donors call; E.164. */
  readonly phone: string;
  /** Donors may change or cancel until so long before the start. */
  readonly cutoffMinutes: number;
  readonly reminders: ReminderSettings;
  /** How long the text about a use waits for a correction; absent: as the deployment has it. */
  readonly usedHoldMinutes?: number;
  /** After how many minutes untouched its shared stations lock; absent: LOCK_MINUTES. */
  readonly lockMinutes?: number;
};

/** The least and the most of each figure. */
export const SETTING_BOUNDS = {
  /** A week before, nobody who cannot come can say so any more. */
  cutoffMinutes: [0, 7 * 24 * 60],
  /** Closer, there is no time to turn round; further away, it is the day before. */
  minutesBefore: [30, 12 * 60],
  /** Without a hold, nothing told wrongly could be stopped; after a day, nobody would see what it is about. */
  usedHoldMinutes: [5, 24 * 60],
  lockMinutes: LOCK_BOUNDS,
} as const;

/** A time of day, `HH:MM`. */
export const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
