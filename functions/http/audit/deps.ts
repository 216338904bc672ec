import type { Store } from '../../../shared/store/client.ts';
import type { SealBox } from '../../../shared/store/seals.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';

export const auditDeps = (
  store: Store,
  world: World,
  /** Where the days that are over are sealed. */
  seals: () => Pick<SealBox, 'get'>,
) => ({
  ...commonDeps(store, world),
  seals,
  sites: createSites(store),
});
export type AuditDeps = ReturnType<typeof auditDeps>;
