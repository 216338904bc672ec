import type { laboratory } from '../../../shared/contract/laboratory.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { audited, coveredDonation } from './covered.ts';
import type { LaboratoryDeps } from './deps.ts';
import { resultsView } from './views.ts';

type Routes = (typeof laboratory)['routes'];

export const getResults: RouteHandler<Routes['GET /api/laboratory/{din}'], LaboratoryDeps> = async (
  { actor, params },
  deps,
) => {
  const { donation, site } = await coveredDonation(deps, actor, params.din);
  await audited(deps, { actor, site, action: 'results-read', subjects: [donation.personId] });
  return await resultsView(deps, site, donation);
};
