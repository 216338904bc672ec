import type { me } from '../../../shared/contract/me.ts';
import { isNumberInDoubt, isWorthNoting } from '../../../shared/domain/second-fact.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { MeDeps } from './deps.ts';
import { personView } from './person-view.ts';

type Routes = (typeof me)['routes'];

/** Every page asks this first, so here it is noted, at most once a week, that the person was there on this device. */
export const getMe: RouteHandler<Routes['GET /api/me'], MeDeps> = async ({ actor, claims, device }, deps) => {
  return await personView(deps, actor.personId, async (profile) => {
    const now = nowOf(deps.engine);
    if (!device || !actor.seenAt || !(isWorthNoting(actor.seenAt, now) || isNumberInDoubt(profile, now))) return;
    await deps.secondFacts.note({ ...claims, device }, actor.personId);
  });
};
