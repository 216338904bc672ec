import type { guardians } from '../../../shared/contract/guardians.ts';
import { phoneTyped } from '../../../shared/domain/phone.ts';
import { askGuardian } from '../../../shared/store/transactions/guardian-consent.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { guardianView } from '../../runtime/guardian-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { shortCode } from '../../runtime/short-code.ts';
import { answered } from './answered.ts';
import type { GuardiansDeps } from './deps.ts';

type Routes = (typeof guardians)['routes'];

const PAGE = '/g/';

export const ask: RouteHandler<Routes['POST /api/me/guardians'], GuardiansDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const event = await deps.events.get(body.eventId);
  if (event?.status !== 'published') throw new ProblemError('not-found');
  const phone = phoneTyped(body.phone, event.contactPhone);
  if (!phone) throw new ProblemError('invalid-input', { fields: [{ path: 'phone', why: 'no-number' }] });
  const { guardian, relation } = body;
  const code = shortCode(deps.newId());
  const { personId } = actor;
  const page = deps.publicUrl + PAGE;
  return guardianView(
    answered(await askGuardian(deps.engine, { personId, event, guardian, relation, phone, code, page, idempotency })),
  );
};
