import type { Store } from '../../../shared/store/client.ts';
import { commonDeps, type World } from '../../runtime/common-deps.ts';

export const recordsDeps = (store: Store, world: World) => commonDeps(store, world);
export type RecordsDeps = ReturnType<typeof recordsDeps>;
