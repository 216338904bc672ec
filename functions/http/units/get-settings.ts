import type { units } from '../../../shared/contract/units.ts';
import { requireSite } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { UnitsDeps } from './deps.ts';
import { settingsView } from './settings-view.ts';

type Routes = (typeof units)['routes'];

export const getSettings: RouteHandler<Routes['GET /api/units/settings/{siteId}'], UnitsDeps> = async (
  { actor, params },
  { sites },
) => {
  requireSite(actor, params.siteId);
  const site = await sites.getNow(params.siteId);
  if (!site) throw new ProblemError('not-found');
  return settingsView(site);
};
