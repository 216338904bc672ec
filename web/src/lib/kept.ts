/** The names of what is kept on this browser and must be known before anything is seen. */
export const KEPT = {
  language: 'nuanliu.language',
  largeType: 'nuanliu.large-type',
  session: 'nuanliu.session',
} as const;
