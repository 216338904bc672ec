import type { Instant } from './vocabulary.ts';

/** A stretch of a blood drive that volunteers serve, and how many of them have said yes. */
export type DriveShift = {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** With fewer it does not go ahead; absent: with anybody. */
  readonly minimum?: number | undefined;
  readonly taken: number;
};

/** How many volunteers are missing for a stretch of time: of each shift that has some of it, those short of its minimum. */
export const missingAt = (
  shifts: readonly DriveShift[],
  { startsAt, endsAt }: { readonly startsAt: Instant; readonly endsAt: Instant },
): number =>
  shifts
    .filter((shift) => shift.startsAt < endsAt && startsAt < shift.endsAt)
    .reduce((sum, { minimum = 0, taken }) => sum + Math.max(0, minimum - taken), 0);

/** Steps of an event's tie to a site: who may take each, and from where to where. `none`: there is no tie. */
export const DRIVE_STEPS = {
  ask: { by: 'organiser', from: ['none', 'declined'], to: 'asked' },
  agree: { by: 'staff', from: ['asked'], to: 'agreed' },
  decline: { by: 'staff', from: ['asked'], to: 'declined' },
  /** Either side may, at any time. */
  end: { by: 'either', from: ['asked', 'agreed'], to: 'none' },
} as const;
export type DriveStep = keyof typeof DRIVE_STEPS;
