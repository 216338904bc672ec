import { guardians } from '../../../shared/contract/guardians.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { requireEnv } from '../../runtime/env.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { answer } from './answer.ts';
import { ask } from './ask.ts';
import { guardiansDeps } from './deps.ts';
import { getQuestion } from './get-question.ts';
import { listMine } from './list-mine.ts';
import { note } from './note.ts';
import { withdraw } from './withdraw.ts';

export const guardiansRoutes = {
  'GET /api/me/guardians': listMine,
  'POST /api/me/guardians': ask,
  'GET /api/guardians/{code}': getQuestion,
  'POST /api/guardians/{code}': answer,
  'POST /api/events/{eventId}/guardians': note,
  'POST /api/events/{eventId}/guardians/withdraw': withdraw,
};

const deps = once(() => guardiansDeps(storeFromEnv(), systemWorld('guardians'), requireEnv('PUBLIC_URL')));

export const handler = areaHandler(guardians, deps, guardiansRoutes);
