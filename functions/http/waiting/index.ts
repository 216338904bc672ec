import { waiting } from '../../../shared/contract/waiting.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { accept } from './accept.ts';
import { answerForCaller } from './answer-for-caller.ts';
import { decline } from './decline.ts';
import { waitingDeps } from './deps.ts';
import { getOffer } from './get-offer.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';
import { listLine } from './list-line.ts';
import { listWaits } from './list-waits.ts';

export const waitingRoutes = {
  'GET /api/waiting': listWaits,
  'POST /api/waiting': join,
  'POST /api/waiting/{waitId}/leave': leave,
  'POST /api/waiting/{waitId}/accept': accept,
  'POST /api/waiting/{waitId}/decline': decline,
  'GET /api/waiting/line': listLine,
  'GET /api/waiting/offers': getOffer,
  'POST /api/waiting/offers/answer': answerForCaller,
};

const deps = once(() => waitingDeps(storeFromEnv(), systemWorld('waiting')));

export const handler = areaHandler(waiting, deps, waitingRoutes);
