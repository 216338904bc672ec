import { audit } from '../../../shared/contract/audit.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { auditDeps } from './deps.ts';
import { listEntries } from './list-entries.ts';

export const auditRoutes = { 'GET /api/audit': listEntries };

const deps = once(() => auditDeps(storeFromEnv(), systemWorld('audit')));

export const handler = areaHandler(audit, deps, auditRoutes);
