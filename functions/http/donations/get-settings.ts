import type { donations } from '../../../shared/contract/donations.ts';
import { requireSite } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { DonationsDeps } from './deps.ts';
import { settingsView } from './settings-view.ts';

type Routes = (typeof donations)['routes'];

export const getSettings: RouteHandler<Routes['GET /api/donations/settings/{siteId}'], DonationsDeps> = async (
  { actor, params },
  { sites, texts },
) => {
  requireSite(actor, params.siteId);
  const site = await sites.getNow(params.siteId);
  if (!site) throw new ProblemError('not-found');
  return settingsView(site, texts);
};
