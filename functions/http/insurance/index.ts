import { insurance } from '../../../shared/contract/insurance.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { secretFromEnv } from '../../runtime/secret.ts';
import { insuranceDeps } from './deps.ts';
import { exportInsured } from './export-insured.ts';
import { getMine } from './get-mine.ts';
import { listToInsure } from './list-to-insure.ts';
import { note } from './note.ts';
import { putMine } from './put-mine.ts';
import { removeMine } from './remove-mine.ts';

export const insuranceRoutes = {
  'GET /api/me/insurance': getMine,
  'PUT /api/me/insurance': putMine,
  'POST /api/me/insurance/remove': removeMine,
  'GET /api/events/{eventId}/insurance': listToInsure,
  'POST /api/events/{eventId}/insurance': note,
  'GET /api/events/{eventId}/insurance.csv': exportInsured,
};

const deps = once(() => insuranceDeps(storeFromEnv(), systemWorld('insurance'), secretFromEnv('IDENTITY_KEY')));

export const handler = areaHandler(insurance, deps, insuranceRoutes);
