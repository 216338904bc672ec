import type { Instant } from '../domain/vocabulary.ts';
import { ATTRIBUTES } from './table.ts';

/**
 * When an item may be forgotten, as DynamoDB wants it: in seconds. Forgetting is housekeeping, hours late at times; nothing
 * is ever triggered by it, and whoever reads such an item must not mind one that is past its time.
 */
export const forgetAfter = (instant: Instant, days: number): Record<string, number> => ({
  [ATTRIBUTES.ttl]: Math.floor(Date.parse(instant) / 1000) + days * 24 * 60 * 60,
});
