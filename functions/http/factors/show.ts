import type { factors } from '../../../shared/contract/factors.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { FactorsDeps } from './deps.ts';
import { shown } from './shown.ts';

type Routes = (typeof factors)['routes'];

export const showFactor: RouteHandler<Routes['POST /api/factor/show'], FactorsDeps> = async (request, deps) =>
  await shown(deps, request, 'show');
