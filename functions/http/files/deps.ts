import type { Store } from '../../../shared/store/client.ts';
import { createImports } from '../../../shared/store/files/imports.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';
import type { Uploads } from '../../runtime/uploads.ts';

export const filesDeps = (store: Store, world: World, uploads: Pick<Uploads, 'sign' | 'size'>) => ({
  ...commonDeps(store, world),
  imports: createImports(store),
  sites: createSites(store),
  uploads,
});
export type FilesDeps = ReturnType<typeof filesDeps>;
