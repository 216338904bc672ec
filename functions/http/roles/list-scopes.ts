import type { roles } from '../../../shared/contract/roles.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { RolesDeps } from './deps.ts';

type Routes = (typeof roles)['routes'];

export const listScopes: RouteHandler<Routes['GET /api/roles/scopes'], RolesDeps> = async (_, deps) => {
  const [sites, organisations] = await Promise.all([deps.sites.list(), deps.roles.organisations()]);
  return { sites, organisations };
};
