import type { closures } from '../../../shared/contract/closures.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { ClosuresDeps } from './deps.ts';
import { ownMove, toldOf } from './views.ts';

type Routes = (typeof closures)['routes'];

/** Nobody is moved so often; what is older matters to nobody. */
const MOST = 20;

export const listMoves: RouteHandler<Routes['GET /api/moves'], ClosuresDeps> = async ({ actor }, deps) => {
  const [moves, sites] = await Promise.all([deps.closures.movesOfPerson(actor.personId), deps.sites.list()]);
  const phones = new Map(sites.map(({ siteId, phone }) => [siteId, phone]));
  const told = await toldOf(deps, moves.slice(0, MOST));
  return { items: told.map((each) => ownMove(each, phones.get(each.move.siteId))) };
};
