import { health } from '../../../shared/contract/health.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { healthDeps } from './deps.ts';
import { getHealth } from './get-health.ts';
import { getOpenApi } from './get-openapi.ts';
import { getOpenApiArea } from './get-openapi-area.ts';

export const healthRoutes = {
  'GET /api/health': getHealth,
  'GET /api/openapi.json': getOpenApi,
  'GET /api/openapi/{area}': getOpenApiArea,
};

const deps = once(() => healthDeps(storeFromEnv(), systemWorld('health')));

export const handler = areaHandler(health, deps, healthRoutes);
