import type { closures } from '../../../shared/contract/closures.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { auditOf, coveredSite } from './covered.ts';
import type { ClosuresDeps } from './deps.ts';
import { movedView, toldOf } from './views.ts';

type Routes = (typeof closures)['routes'];

export const findMove: RouteHandler<Routes['GET /api/closures/moves'], ClosuresDeps> = async (
  { actor, query },
  deps,
) => {
  const site = await coveredSite(deps, actor, query.siteId);
  const code = await deps.closures.byCode(query.siteId, query.code);
  const move = code && (await deps.closures.move(code.closureId, code.bookingId));
  const [told] = move?.code === query.code ? await toldOf(deps, [move]) : [];
  if (!told) throw new ProblemError('not-found');
  const donor = await deps.people.profile(told.move.personId);
  await recordRead(deps.store, auditOf(deps, site, actor.personId, 'move-read', [told.move.personId]));
  return movedView(told, donor);
};
