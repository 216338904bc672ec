import type * as z from 'zod';
import type { Factor } from '../../../shared/contract/factors.ts';
import { stationFault } from '../../../shared/domain/station.ts';
import { sessionDigest } from '../../../shared/store/people.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { Actor } from '../../runtime/actor.ts';
import type { Claims } from '../../runtime/area-handler.ts';
import type { FactorsDeps } from './deps.ts';

/** How somebody stands with their second factor in the browser that calls. */
export async function factorView(
  deps: FactorsDeps,
  { actor, claims, device }: { actor: Actor; claims: Claims; device: string | undefined },
): Promise<z.input<typeof Factor>> {
  const [item, { sessions }] = await Promise.all([
    deps.factors.get(actor.personId),
    deps.people.standing(actor.personId),
  ]);
  const here = sessions.find(({ session }) => session === sessionDigest(claims, device));
  const now = nowOf(deps);
  // At a shared station that is locked for them, it is asked for again of whoever does not unlock, or take a seat soon.
  const shown = here !== undefined && here.until > now && stationFault(here.station, now, true) === undefined;
  return {
    set: item?.live !== undefined,
    ...(item?.live && { since: item.live.since }),
    shown,
    ...(shown && { until: here.until }),
  };
}
