import type { Store } from '../../../shared/store/client.ts';
import { createRoles } from '../../../shared/store/roles.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

export const rolesDeps = (
  store: Store,
  world: World,
  /** The key of the digests of second facts. */
  factKey: () => Promise<string>,
) => ({
  ...commonDeps(store, world),
  engine: engineDeps(store, world),
  factKey,
  roles: createRoles(store),
  sites: createSites(store),
});
export type RolesDeps = ReturnType<typeof rolesDeps>;
