import type { laboratory } from '../../../shared/contract/laboratory.ts';
import { indexes } from '../../../shared/store/keys.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import { audited, coveredSite } from './covered.ts';
import type { LaboratoryDeps } from './deps.ts';
import { standingView } from './views.ts';

type Routes = (typeof laboratory)['routes'];

export const listDay: RouteHandler<Routes['GET /api/laboratory'], LaboratoryDeps> = async ({ actor, query }, deps) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const pk = indexes.donated(query.siteId, query.date);
  const page = await deps.donations.takenOn(query.siteId, query.date, pageOf(query, { pkName: 'gsi1pk', pk }));
  const records = await deps.laboratory.ofMany(page.items);
  const subjects = page.items.map(({ personId }) => personId);
  await audited(deps, { actor, site, action: 'results-read', subjects });
  const found = page.items.flatMap((donation, n) => {
    const record = records[n];
    return record && !donation.withdrawn ? [{ donation, record }] : [];
  });
  return pageAnswer({ ...page, items: found }, ({ donation, record }) => ({
    ...standingView(site, donation, record),
    collectedAt: donation.collectedAt,
    procedure: donation.procedure,
  }));
};
