import { laboratory } from '../../../shared/contract/laboratory.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { laboratoryDeps } from './deps.ts';
import { getResults } from './get-results.ts';
import { listAlerts } from './list-alerts.ts';
import { listDay } from './list-day.ts';
import { listTests } from './list-tests.ts';
import { record } from './record.ts';
import { settle } from './settle.ts';
import { takeBack } from './take-back.ts';
import { tube } from './tube.ts';
import { voidEntry } from './void-entry.ts';

export const laboratoryRoutes = {
  'GET /api/laboratory': listDay,
  'GET /api/laboratory/tests/{siteId}': listTests,
  'GET /api/laboratory/tube': tube,
  'GET /api/laboratory/alerts': listAlerts,
  'POST /api/laboratory/results': record,
  'GET /api/laboratory/{din}': getResults,
  'POST /api/laboratory/{din}/void': voidEntry,
  'POST /api/laboratory/{din}/take-back': takeBack,
  'POST /api/laboratory/{din}/settle': settle,
};

const deps = once(() => laboratoryDeps(storeFromEnv(), systemWorld('laboratory')));

export const handler = areaHandler(laboratory, deps, laboratoryRoutes);
