import { sites } from '../../../shared/contract/sites.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { sitesDeps } from './deps.ts';
import { getCalendar } from './get-calendar.ts';
import { getSite } from './get-site.ts';
import { listDays } from './list-days.ts';
import { listNextFree } from './list-next-free.ts';
import { listSites } from './list-sites.ts';
import { listSlots } from './list-slots.ts';

export const sitesRoutes = {
  'GET /api/sites': listSites,
  'GET /api/sites/{siteId}': getSite,
  'GET /api/sites/{siteId}/days': listDays,
  'GET /api/sites/{siteId}/slots': listSlots,
  'GET /api/next-free': listNextFree,
  'GET /api/slots/{slotId}/calendar.ics': getCalendar,
};

const deps = once(() => sitesDeps(storeFromEnv(), systemWorld('sites')));

export const handler = areaHandler(sites, deps, sitesRoutes);
