import type { desk } from '../../../shared/contract/desk.ts';
import { movePhone } from '../../../shared/store/transactions/move-phone.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredSite, recordOf } from './covered.ts';
import type { DeskDeps } from './deps.ts';
import { phoneOf } from './find-people.ts';
import { personView } from './views.ts';

type Routes = (typeof desk)['routes'];

export const moveToPhone: RouteHandler<Routes['POST /api/desk/people/{personId}/phone'], DeskDeps> = async (
  { actor, params: { personId }, body, idempotency },
  deps,
) => {
  const { siteId, was, knownBy, reason, besides } = body;
  const site = await coveredSite(deps, actor, siteId);
  const phone = phoneOf(body.phone, site.phone);
  // Of the numbers, what tells them apart: the log is read by others than the person's station.
  const change = { knownBy, reason, phoneWas: was, phoneNow: phone.slice(-4) };
  const answer = await movePhone(deps.engine, {
    personId,
    phone,
    was,
    besides,
    site,
    audit: recordOf(deps, site, actor.personId, 'phone-moved', [personId], change),
    idempotency,
  });
  if (answer.kind === 'done') return personView(answer.profile);
  if (answer.kind === 'same-number') {
    throw new ProblemError('invalid-input', { fields: [{ path: 'phone', why: 'not-allowed' }] });
  }
  throw new ProblemError(answer.kind === 'key-reused' ? 'idempotency-key-reused' : answer.kind);
};
