import type { Store } from '../../../shared/store/client.ts';
import { createImports } from '../../../shared/store/files/imports.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { engineDeps, type World } from '../../runtime/common-deps.ts';
import type { Uploads } from '../../runtime/uploads.ts';

/** Rows between two checkpoints: what a crash makes us read again. */
const PIECE = 200;

export const importsDeps = (
  store: Store,
  world: World,
  config: {
    readonly uploads: Pick<Uploads, 'read' | 'remove'>;
    readonly secret: () => Promise<string>;
    readonly identityKey: () => Promise<string>;
    readonly piece?: number;
  },
) => ({
  ...engineDeps(store, world),
  imports: createImports(store),
  sites: createSites(store),
  ...world,
  piece: PIECE,
  ...config,
});
export type ImportsDeps = ReturnType<typeof importsDeps>;
