import type { Store } from '../../../shared/store/client.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';

export const auditDeps = (store: Store, world: World) => ({
  ...commonDeps(store, world),
  sites: createSites(store),
});
export type AuditDeps = ReturnType<typeof auditDeps>;
