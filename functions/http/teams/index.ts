import { teams } from '../../../shared/contract/teams.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { accept } from './accept.ts';
import { decline } from './decline.ts';
import { teamsDeps } from './deps.ts';
import { getPlace } from './get-place.ts';
import { listMine } from './list-mine.ts';
import { make } from './make.ts';
import { rename } from './rename.ts';
import { withdraw } from './withdraw.ts';

export const teamsRoutes = {
  'GET /api/events/{eventId}/teams': listMine,
  'POST /api/events/{eventId}/teams': make,
  'GET /api/events/{eventId}/teams/{teamId}/place': getPlace,
  'POST /api/events/{eventId}/teams/{teamId}/accept': accept,
  'POST /api/events/{eventId}/teams/{teamId}/decline': decline,
  'POST /api/events/{eventId}/teams/{teamId}/seats/{n}/rename': rename,
  'POST /api/events/{eventId}/teams/{teamId}/seats/{n}/withdraw': withdraw,
};

const deps = once(() => teamsDeps(storeFromEnv(), systemWorld('teams')));

export const handler = areaHandler(teams, deps, teamsRoutes);
