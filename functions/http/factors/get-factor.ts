import type { factors } from '../../../shared/contract/factors.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { FactorsDeps } from './deps.ts';
import { factorView } from './factor-view.ts';

type Routes = (typeof factors)['routes'];

export const getFactor: RouteHandler<Routes['GET /api/factor'], FactorsDeps> = async (request, deps) =>
  await factorView(deps, request);
