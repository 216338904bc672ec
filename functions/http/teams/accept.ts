import type { teams } from '../../../shared/contract/teams.ts';
import { acceptSeat } from '../../../shared/store/transactions/team.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { refusedWith } from './answered.ts';
import type { TeamsDeps } from './deps.ts';

type Routes = (typeof teams)['routes'];

export const accept: RouteHandler<Routes['POST /api/events/{eventId}/teams/{teamId}/accept'], TeamsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { personId } = actor;
  const answer = await acceptSeat(deps.engine, { ...params, code: body.code, personId, idempotency });
  if (answer.kind !== 'booked') return refusedWith(answer);
  return { bookingId: answer.booking.bookingId };
};
