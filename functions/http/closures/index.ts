import { closures } from '../../../shared/contract/closures.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { accept } from './accept.ts';
import { answerForCaller } from './answer-for-caller.ts';
import { close } from './close.ts';
import { closuresDeps } from './deps.ts';
import { findMove } from './find-move.ts';
import { getClosure } from './get-closure.ts';
import { listClosures } from './list-closures.ts';
import { listMoves } from './list-moves.ts';
import { preview } from './preview.ts';
import { reopen } from './reopen.ts';

export const closuresRoutes = {
  'GET /api/closures': listClosures,
  'GET /api/closures/preview': preview,
  'POST /api/closures': close,
  'GET /api/closures/{closureId}': getClosure,
  'POST /api/closures/{closureId}/reopen': reopen,
  'GET /api/closures/moves': findMove,
  'POST /api/closures/{closureId}/answers': answerForCaller,
  'GET /api/moves': listMoves,
  'POST /api/moves/{bookingId}/accept': accept,
};

const deps = once(() => closuresDeps(storeFromEnv(), systemWorld('closures')));

export const handler = areaHandler(closures, deps, closuresRoutes);
