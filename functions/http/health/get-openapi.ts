import type { health } from '../../../shared/contract/health.ts';
import { buildOpenApi } from '../../../shared/contract/openapi.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { HealthDeps } from './deps.ts';

type Routes = (typeof health)['routes'];

let document: ReturnType<typeof buildOpenApi> | undefined;

export const getOpenApi: RouteHandler<Routes['GET /api/openapi.json'], HealthDeps> = async () => {
  document ??= buildOpenApi();
  return document;
};
