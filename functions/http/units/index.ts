import { units } from '../../../shared/contract/units.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { addStep } from './add-step.ts';
import { addSteps } from './add-steps.ts';
import { unitsDeps } from './deps.ts';
import { getChain } from './get-chain.ts';
import { getSettings } from './get-settings.ts';
import { listUnits } from './list-units.ts';
import { putSettings } from './put-settings.ts';
import { scan } from './scan.ts';

export const unitsRoutes = {
  'GET /api/units': listUnits,
  'GET /api/units/scan': scan,
  'POST /api/units/steps': addSteps,
  'GET /api/units/settings/{siteId}': getSettings,
  'PUT /api/units/settings/{siteId}': putSettings,
  'GET /api/units/{din}': getChain,
  'POST /api/units/{din}/{unitId}/steps': addStep,
};

const deps = once(() => unitsDeps(storeFromEnv(), systemWorld('units')));

export const handler = areaHandler(units, deps, unitsRoutes);
