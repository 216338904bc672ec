import type { SiteItem, WaitItem } from '../../../shared/store/items/index.ts';
import type { Actor } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredSite } from './covered-site.ts';
import type { WaitingDeps } from './deps.ts';

/** The offer that a code of this site stands for, while it is open or was until a moment ago. */
export async function offerOfCode(
  deps: WaitingDeps,
  actor: Actor,
  { siteId, code }: { siteId: string; code: string },
): Promise<{ site: SiteItem; wait: WaitItem }> {
  const site = await coveredSite(deps, actor, siteId);
  const found = await deps.waits.byCode(siteId, code);
  const wait = found && (await deps.waits.get(found.waitId, found.personId));
  if (wait?.offer?.code !== code) throw new ProblemError('not-found');
  return { site, wait };
}
