import type { teams } from '../../../shared/contract/teams.ts';
import { withdrawSeat } from '../../../shared/store/transactions/team.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { refusedWith } from './answered.ts';
import type { TeamsDeps } from './deps.ts';
import { ownTeam } from './own.ts';
import { teamView } from './views.ts';

type Routes = (typeof teams)['routes'];

export const withdraw: RouteHandler<
  Routes['POST /api/events/{eventId}/teams/{teamId}/seats/{n}/withdraw'],
  TeamsDeps
> = async ({ actor, params, idempotency }, deps) => {
  const { eventId, teamId } = await ownTeam(deps, actor, params);
  const answer = await withdrawSeat(deps.engine, { eventId, teamId, n: Number(params.n), idempotency });
  if (answer.kind !== 'done') return refusedWith(answer);
  return await teamView(deps, answer.team);
};
