import { recalls } from '../../../shared/contract/recalls.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { begin } from './begin.ts';
import { recallsDeps } from './deps.ts';
import { getRecall } from './get-recall.ts';
import { lift } from './lift.ts';
import { listRecalls } from './list-recalls.ts';
import { lookback } from './lookback.ts';
import { told } from './told.ts';

export const recallsRoutes = {
  'GET /api/lookback': lookback,
  'POST /api/recalls': begin,
  'GET /api/recalls': listRecalls,
  'GET /api/recalls/{recallId}': getRecall,
  'POST /api/recalls/{recallId}/told': told,
  'POST /api/recalls/{recallId}/lift': lift,
};

const deps = once(() => recallsDeps(storeFromEnv(), systemWorld('recalls')));

export const handler = areaHandler(recalls, deps, recallsRoutes);
