import type { teams } from '../../../shared/contract/teams.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { TeamsDeps } from './deps.ts';
import { placeView } from './views.ts';

type Routes = (typeof teams)['routes'];

export const getPlace: RouteHandler<Routes['GET /api/events/{eventId}/teams/{teamId}/place'], TeamsDeps> = async (
  { params, query },
  deps,
) => {
  const team = await deps.teams.get(params.eventId, params.teamId);
  if (!team) throw new ProblemError('not-found');
  return await placeView(deps, team, query.code);
};
