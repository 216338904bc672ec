import type { guardians } from '../../../shared/contract/guardians.ts';
import { withdrawGuardian } from '../../../shared/store/transactions/guardian-consent.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf } from '../../runtime/event-record.ts';
import { guardianView } from '../../runtime/guardian-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { answered } from './answered.ts';
import type { GuardiansDeps } from './deps.ts';
import { ownEvent } from './own.ts';

type Routes = (typeof guardians)['routes'];

export const withdraw: RouteHandler<Routes['POST /api/events/{eventId}/guardians/withdraw'], GuardiansDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const event = await ownEvent(deps, actor, params.eventId);
  const booking = await deps.bookings.get(body.bookingId);
  if (booking?.containerId !== event.eventId) throw new ProblemError('not-found');
  const { personId } = booking;
  const audit = recordOf(deps, event, actor.personId, 'guardian-withdrawn', [personId]);
  return guardianView(answered(await withdrawGuardian(deps.engine, { personId, event, audit, idempotency })));
};
