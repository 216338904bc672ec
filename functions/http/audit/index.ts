import { audit } from '../../../shared/contract/audit.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { sealBoxFromEnv } from '../../runtime/seal-box.ts';
import { checkDay } from './check-seal.ts';
import { auditDeps } from './deps.ts';
import { listEntries } from './list-entries.ts';

export const auditRoutes = { 'GET /api/audit': listEntries, 'GET /api/audit/seal': checkDay };

const deps = once(() => {
  const box = sealBoxFromEnv();
  return auditDeps(storeFromEnv(), systemWorld('audit'), () => box);
});

export const handler = areaHandler(audit, deps, auditRoutes);
