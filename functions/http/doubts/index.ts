import { doubts } from '../../../shared/contract/doubts.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { doubtsDeps } from './deps.ts';
import { exportHospitals } from './export-hospitals.ts';
import { listDoubts } from './list-doubts.ts';
import { listHospitals } from './list-hospitals.ts';
import { settle } from './settle.ts';

export const doubtsRoutes = {
  'GET /api/doubts': listDoubts,
  'GET /api/doubts/hospitals': listHospitals,
  'GET /api/doubts/hospitals.csv': exportHospitals,
  'POST /api/doubts/{din}/{doubtId}/settle': settle,
};

const deps = once(() => doubtsDeps(storeFromEnv(), systemWorld('doubts')));

export const handler = areaHandler(doubts, deps, doubtsRoutes);
