import { LOCK_MINUTES } from '../../../shared/domain/station.ts';
import type { Store } from '../../../shared/store/client.ts';
import { createSites } from '../../../shared/store/sites.ts';
import { createStations } from '../../../shared/store/stations.ts';
import { commonDeps, engineDeps, type World } from '../../runtime/common-deps.ts';

export const stationsDeps = (
  store: Store,
  world: World,
  /** The key of second facts, of which those of PINs and seats are derived. */
  factKey: () => Promise<string>,
  /** A new key of a seat: 32 random bytes. */
  newSeatKey: () => string,
) => {
  const sites = createSites(store);
  return {
    ...commonDeps(store, world),
    newSeatKey,
    sites,
    /** After how many minutes stations of a site lock. */
    lockMinutes: async (siteId: string): Promise<number> => (await sites.get(siteId))?.lockMinutes ?? LOCK_MINUTES,
    stations: createStations(engineDeps(store, world), factKey),
  };
};
export type StationsDeps = ReturnType<typeof stationsDeps>;
