import type { guardians } from '../../../shared/contract/guardians.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { phoneTyped } from '../../../shared/domain/phone.ts';
import { recordRead } from '../../../shared/store/audit.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { noteGuardian } from '../../../shared/store/transactions/guardian-consent.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { recordOf } from '../../runtime/event-record.ts';
import { guardianView } from '../../runtime/guardian-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { answered } from './answered.ts';
import type { GuardiansDeps } from './deps.ts';
import { ownEvent } from './own.ts';

type Routes = (typeof guardians)['routes'];

export const note: RouteHandler<Routes['POST /api/events/{eventId}/guardians'], GuardiansDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const event = await ownEvent(deps, actor, params.eventId);
  const { personId, guardian, relation, signedOn } = body;
  const phone = body.phone === undefined ? undefined : phoneTyped(body.phone, event.contactPhone);
  if (body.phone !== undefined && !phone) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'phone', why: 'no-number' }] });
  }
  if (signedOn > localDateOf(nowOf(deps), event.zone)) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'signedOn', why: 'too-late' }] });
  }
  const record = (action: string) => recordOf(deps, event, actor.personId, action, [personId]);
  const answer = await noteGuardian(deps.engine, {
    personId,
    event,
    guardian,
    relation,
    phone,
    signedOn,
    by: actor.personId,
    audit: record('guardian-noted'),
    idempotency,
  });
  // Before it is answered: what it says tells of somebody.
  if (answer.kind !== 'done' && answer.kind !== 'key-reused') {
    await recordRead(deps.store, record('guardian-note-refused').Put);
  }
  return guardianView(answered(answer));
};
