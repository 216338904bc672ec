import type { me } from '../../../shared/contract/me.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { MeDeps } from './deps.ts';
import { personView } from './person-view.ts';

type Routes = (typeof me)['routes'];

export const getMe: RouteHandler<Routes['GET /api/me'], MeDeps> = async ({ actor }, deps) =>
  await personView(deps, actor.personId);
