import type { teams } from '../../../shared/contract/teams.ts';
import { renameSeat } from '../../../shared/store/transactions/team.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { shortCode } from '../../runtime/short-code.ts';
import { refusedWith } from './answered.ts';
import type { TeamsDeps } from './deps.ts';
import { ownTeam } from './own.ts';
import { teamView } from './views.ts';

type Routes = (typeof teams)['routes'];

export const rename: RouteHandler<
  Routes['POST /api/events/{eventId}/teams/{teamId}/seats/{n}/rename'],
  TeamsDeps
> = async ({ actor, params, body, idempotency }, deps) => {
  const { eventId, teamId } = await ownTeam(deps, actor, params);
  const code = shortCode(deps.newId());
  const n = Number(params.n);
  const answer = await renameSeat(deps.engine, { eventId, teamId, n, name: body.name, code, idempotency });
  if (answer.kind !== 'done') return refusedWith(answer);
  return await teamView(deps, answer.team);
};
