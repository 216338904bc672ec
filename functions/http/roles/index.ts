import { roles } from '../../../shared/contract/roles.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { secretFromEnv } from '../../runtime/secret.ts';
import { approveChange } from './approve.ts';
import { askFact } from './ask-fact.ts';
import { askFactor } from './ask-factor.ts';
import { askPhone } from './ask-phone.ts';
import { rolesDeps } from './deps.ts';
import { findPeople } from './find-people.ts';
import { grant } from './grant.ts';
import { listChanges } from './list-changes.ts';
import { listHolders } from './list-holders.ts';
import { listScopes } from './list-scopes.ts';
import { rejectChange } from './reject.ts';
import { revoke } from './revoke.ts';

export const rolesRoutes = {
  'GET /api/roles': listHolders,
  'GET /api/roles/scopes': listScopes,
  'POST /api/roles/people/find': findPeople,
  'POST /api/roles/grant': grant,
  'POST /api/roles/revoke': revoke,
  'GET /api/roles/changes': listChanges,
  'POST /api/roles/changes/phone': askPhone,
  'POST /api/roles/changes/second-fact': askFact,
  'POST /api/roles/changes/second-factor': askFactor,
  'POST /api/roles/changes/{changeId}/approve': approveChange,
  'POST /api/roles/changes/{changeId}/reject': rejectChange,
};

const deps = once(() => rolesDeps(storeFromEnv(), systemWorld('roles'), secretFromEnv('FACT_KEY')));

export const handler = areaHandler(roles, deps, rolesRoutes);
