import type { health } from '../../../shared/contract/health.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { HealthDeps } from './deps.ts';
import { index } from './openapi.ts';

type Routes = (typeof health)['routes'];

export const getOpenApi: RouteHandler<Routes['GET /api/openapi.json'], HealthDeps> = async () => index();
