import type { health } from '../../../shared/contract/health.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { HealthDeps } from './deps.ts';
import { ofArea } from './openapi.ts';

type Routes = (typeof health)['routes'];

export const getOpenApiArea: RouteHandler<Routes['GET /api/openapi/{area}'], HealthDeps> = async ({ params }) => {
  const document = ofArea(params.area);
  if (!document) throw new ProblemError('not-found');
  return document;
};
