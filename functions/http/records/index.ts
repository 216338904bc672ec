import { records } from '../../../shared/contract/records.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { recordsDeps } from './deps.ts';
import { getCertificate } from './get-certificate.ts';
import { getRecord } from './get-record.ts';

export const recordsRoutes = {
  'GET /api/records/{code}': getRecord,
  'GET /api/certificates/{code}': getCertificate,
};

const deps = once(() => recordsDeps(storeFromEnv(), systemWorld('records')));

export const handler = areaHandler(records, deps, recordsRoutes);
