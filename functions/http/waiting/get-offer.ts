import type { waiting } from '../../../shared/contract/waiting.ts';
import { auditItem, recordRead } from '../../../shared/store/audit.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { WaitingDeps } from './deps.ts';
import { offerOfCode } from './offer-of-code.ts';
import { auditOf, callersOffer } from './views.ts';

type Routes = (typeof waiting)['routes'];

export const getOffer: RouteHandler<Routes['GET /api/waiting/offers'], WaitingDeps> = async (
  { actor, query },
  deps,
) => {
  const { site, wait } = await offerOfCode(deps, actor, query);
  const person = await deps.people.profile(wait.personId);
  await recordRead(
    deps.store,
    auditItem(auditOf(site, actor.personId, 'offer-read', nowOf(deps), [wait.personId], deps.newId())),
  );
  return callersOffer(wait, person);
};
