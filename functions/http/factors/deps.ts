import type { Store } from '../../../shared/store/client.ts';
import { createFactors } from '../../../shared/store/factors.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';
import { totpStep } from '../../runtime/totp.ts';

export const factorsDeps = (
  store: Store,
  world: World,
  /** The key of second facts, of which the one that seals authenticators' secrets is derived. */
  factKey: () => Promise<string>,
) => ({
  ...commonDeps(store, world),
  factors: createFactors(engineDeps(store, world), factKey, totpStep),
});
export type FactorsDeps = ReturnType<typeof factorsDeps>;
