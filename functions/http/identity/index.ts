import { identity } from '../../../shared/contract/identity.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { secretFromEnv } from '../../runtime/secret.ts';
import { approve } from './approve.ts';
import { identityDeps } from './deps.ts';
import { findClash } from './find-clash.ts';
import { getMerge } from './get-merge.ts';
import { listMerges } from './list-merges.ts';
import { propose } from './propose.ts';
import { reject } from './reject.ts';

export const identityRoutes = {
  'POST /api/identity/clashes': findClash,
  'POST /api/identity/merges': propose,
  'GET /api/identity/merges': listMerges,
  'GET /api/identity/merges/{mergeId}': getMerge,
  'POST /api/identity/merges/{mergeId}/approve': approve,
  'POST /api/identity/merges/{mergeId}/reject': reject,
};

const deps = once(() => identityDeps(storeFromEnv(), systemWorld('identity'), secretFromEnv('IDENTITY_KEY')));

export const handler = areaHandler(identity, deps, identityRoutes);
