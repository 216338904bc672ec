import type { closures } from '../../../shared/contract/closures.ts';
import { acceptMove } from '../../../shared/store/transactions/accept-move.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { ClosuresDeps } from './deps.ts';
import { ownMove, toldOf } from './views.ts';

type Routes = (typeof closures)['routes'];

export const accept: RouteHandler<Routes['POST /api/moves/{bookingId}/accept'], ClosuresDeps> = async (
  { actor, params, idempotency },
  deps,
) => {
  const booking = await deps.bookings.get(params.bookingId);
  if (booking?.personId !== actor.personId || !booking.closure) throw new ProblemError('not-found');
  const { closure, bookingId } = booking;
  const answer = await acceptMove(deps.engine, { closureId: closure.id, bookingId, idempotency });
  if (answer.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer.kind !== 'done') throw new ProblemError(answer.kind);
  const [told] = await toldOf(deps, [answer.move]);
  if (!told) throw new ProblemError('not-found');
  return ownMove(told, (await deps.sites.get(answer.move.siteId))?.phone);
};
