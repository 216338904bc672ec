import { createBookings } from '../../../shared/store/bookings.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createHealthAnswers } from '../../../shared/store/health-answers.ts';
import { createSecondFacts } from '../../../shared/store/second-fact.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';
import type { VerifyIdToken } from './id-token.ts';

export const meDeps = (
  store: Store,
  world: World,
  verifyIdToken: VerifyIdToken,
  /** The key of the digests of second facts. */
  factKey: () => Promise<string>,
) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  secondFacts: createSecondFacts(engineDeps(store, world), factKey),
  declared: createHealthAnswers(store),
  bookings: createBookings(store),
  sites: createSites(store),
  verifyIdToken,
});
export type MeDeps = ReturnType<typeof meDeps>;
