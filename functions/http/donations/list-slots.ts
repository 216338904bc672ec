import type { donations } from '../../../shared/contract/donations.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { coveredSite } from './covered.ts';
import type { DonationsDeps } from './deps.ts';
import { slotPlaces } from './slot-places.ts';

type Routes = (typeof donations)['routes'];

export const listSlots: RouteHandler<Routes['GET /api/donations/slots'], DonationsDeps> = async (
  { actor, query },
  deps,
) => {
  await coveredSite(deps, actor, query.siteId);
  return { items: (await deps.slots.dayNow(query.siteId, query.date)).map(slotPlaces) };
};
