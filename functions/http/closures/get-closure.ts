import type { closures } from '../../../shared/contract/closures.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { auditOf, coveredClosure } from './covered.ts';
import type { ClosuresDeps } from './deps.ts';
import { closureView, movedView, toldOf } from './views.ts';

type Routes = (typeof closures)['routes'];

export const getClosure: RouteHandler<Routes['GET /api/closures/{closureId}'], ClosuresDeps> = async (
  { actor, params, query },
  deps,
) => {
  const { site, closure } = await coveredClosure(deps, actor, { ...params, ...query });
  const moves = (await deps.closures.moves(closure.closureId)).sort((a, b) =>
    a.from.startsAt < b.from.startsAt ? -1 : 1,
  );
  const told = await toldOf(deps, moves);
  const subjects = moves.map(({ personId }) => personId);
  const donors = await deps.people.profiles(subjects);
  await recordRead(deps.store, auditOf(deps, site, actor.personId, 'closure-read', subjects));
  return { ...(await closureView(deps, closure, told)), items: told.map((each, n) => movedView(each, donors[n])) };
};
