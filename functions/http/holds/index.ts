import { holds } from '../../../shared/contract/holds.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { acknowledge } from './acknowledge.ts';
import { askNotToUse } from './ask-not-to-use.ts';
import { holdsDeps } from './deps.ts';
import { hold } from './hold.ts';
import { lift } from './lift.ts';
import { listHolds } from './list-holds.ts';

export const holdsRoutes = {
  'POST /api/me/donations/{din}/do-not-use': askNotToUse,
  'POST /api/holds': hold,
  'GET /api/holds': listHolds,
  'POST /api/holds/{din}/acknowledge': acknowledge,
  'POST /api/holds/{din}/lift': lift,
};

const deps = once(() => holdsDeps(storeFromEnv(), systemWorld('holds')));

export const handler = areaHandler(holds, deps, holdsRoutes);
