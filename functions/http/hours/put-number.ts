import type { hours } from '../../../shared/contract/hours.ts';
import { parseDocument } from '../../../shared/domain/identity-document.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { putSetting } from '../../../shared/store/hours.ts';
import type { VolunteerNumberItem } from '../../../shared/store/items/index.ts';
import { keys } from '../../../shared/store/keys.ts';
import { activeCheck, isActive } from '../../../shared/store/transactions/check-in.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { HoursDeps } from './deps.ts';
import { setTo } from './set-to.ts';

type Routes = (typeof hours)['routes'];

export const putNumber: RouteHandler<Routes['PUT /api/me/service/number'], HoursDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const { personId } = actor;
  // An identity number is kept sealed or not at all, and never goes into a report.
  if (body.number && parseDocument('resident', body.number, localDateOf(nowOf(deps), 'UTC')).ok) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'body.number', why: 'not-allowed' }] });
  }
  if (!(await isActive(deps.store, personId))) throw new ProblemError('wrong-state');
  const item = setTo(
    await putSetting<VolunteerNumberItem>(deps.store, keys.volunteerNumber(personId), {
      item: { kind: 'volunteer-number', personId, number: body.number ?? '' },
      version: body.version,
      idempotency,
      also: [activeCheck(personId)],
    }),
  );
  return { ...(item.number && { number: item.number }), version: item.version };
};
