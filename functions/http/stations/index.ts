import { randomBytes } from 'node:crypto';
import { stations } from '../../../shared/contract/stations.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { secretFromEnv } from '../../runtime/secret.ts';
import { stationsDeps } from './deps.ts';
import { endStation } from './end.ts';
import { joinStation } from './join.ts';
import { leaveStation } from './leave.ts';
import { lockStation } from './lock.ts';
import { makeStation } from './make.ts';
import { stayAtStation } from './stay.ts';
import { unlockStation } from './unlock.ts';

export const stationsRoutes = {
  'POST /api/stations': makeStation,
  'POST /api/stations/{stationId}/join': joinStation,
  'POST /api/stations/{stationId}/unlock': unlockStation,
  'POST /api/stations/{stationId}/lock': lockStation,
  'POST /api/stations/{stationId}/stay': stayAtStation,
  'POST /api/stations/{stationId}/leave': leaveStation,
  'POST /api/stations/{stationId}/end': endStation,
};

const deps = once(() =>
  stationsDeps(storeFromEnv(), systemWorld('stations'), secretFromEnv('FACT_KEY'), () =>
    randomBytes(32).toString('base64url'),
  ),
);

export const handler = areaHandler(stations, deps, stationsRoutes);
