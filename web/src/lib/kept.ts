/** The names of what is kept on this browser and must be known before anything is seen. */
export const KEPT = {
  language: 'nuanliu.language',
  largeType: 'nuanliu.large-type',
  session: 'nuanliu.session',
  /** Days that an organiser was shown, and codes for them: see organise/day-store.ts. */
  days: 'nuanliu.days',
  /** What they tapped there that the service has yet to answer. */
  taps: 'nuanliu.taps',
} as const;
