import type { teams } from '../../../shared/contract/teams.ts';
import { declineSeat } from '../../../shared/store/transactions/team.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { refusedWith } from './answered.ts';
import type { TeamsDeps } from './deps.ts';
import { placeView } from './views.ts';

type Routes = (typeof teams)['routes'];

export const decline: RouteHandler<Routes['POST /api/events/{eventId}/teams/{teamId}/decline'], TeamsDeps> = async (
  { params, body, idempotency },
  deps,
) => {
  const answer = await declineSeat(deps.engine, { ...params, code: body.code, idempotency });
  if (answer.kind !== 'done') return refusedWith(answer);
  return await placeView(deps, answer.team, body.code);
};
