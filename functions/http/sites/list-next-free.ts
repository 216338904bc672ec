import type { sites } from '../../../shared/contract/sites.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { SitesDeps } from './deps.ts';

type Routes = (typeof sites)['routes'];

export const listNextFree: RouteHandler<Routes['GET /api/next-free'], SitesDeps> = async ({ query }, deps) =>
  await deps.nextFree(query.from ?? '');
