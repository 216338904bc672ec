import type * as z from 'zod';
import type { Factor } from '../../../shared/contract/factors.ts';
import { sessionDigest } from '../../../shared/store/people.ts';
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
  const now = deps.clock.now();
  // At a shared station that is locked for them, it is asked for again of whoever does not unlock.
  const isLocked = here?.station !== undefined && Date.parse(here.station.openUntil) <= now;
  const shown = here !== undefined && Date.parse(here.until) > now && !isLocked;
  return {
    set: item?.live !== undefined,
    ...(item?.live && { since: item.live.since }),
    shown,
    ...(shown && { until: here.until }),
  };
}
