import type { calls } from '../../../shared/contract/calls.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredSite } from './covered.ts';
import type { CallsDeps } from './deps.ts';
import { settingsView } from './views.ts';

type Routes = (typeof calls)['routes'];

export const getSettings: RouteHandler<Routes['GET /api/calls/settings/{siteId}'], CallsDeps> = async (
  { actor, params },
  deps,
) => settingsView(await coveredSite(deps, actor, params.siteId));
