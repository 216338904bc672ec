import type { guardians } from '../../../shared/contract/guardians.ts';
import { withdrawGuardian } from '../../../shared/store/transactions/guardian-consent.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { guardianView } from '../../runtime/guardian-view.ts';
import { answered } from './answered.ts';
import type { GuardiansDeps } from './deps.ts';
import { ownEvent, recordOf } from './own.ts';

type Routes = (typeof guardians)['routes'];

export const withdraw: RouteHandler<Routes['POST /api/events/{eventId}/guardians/withdraw'], GuardiansDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const event = await ownEvent(deps, actor, params.eventId);
  const { personId } = body;
  const audit = recordOf(deps, event, actor.personId, 'guardian-withdrawn', personId);
  return guardianView(answered(await withdrawGuardian(deps.engine, { personId, event, audit, idempotency })));
};
