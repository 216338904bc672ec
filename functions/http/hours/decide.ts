import type { hours } from '../../../shared/contract/hours.ts';
import { decideHours } from '../../../shared/store/transactions/decide-hours.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { requestView } from '../../runtime/hours-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { HoursDeps } from './deps.ts';
import { audited, coveredOrganisation } from './own.ts';

type Routes = (typeof hours)['routes'];

/** A no, or another figure than was asked for, comes with a reason: whoever asked reads it. */
export const decide: RouteHandler<
  Routes['POST /api/organisations/{organisationId}/hours/requests/{requestId}/decision'],
  HoursDeps
> = async ({ actor, params, body, idempotency }, deps) => {
  const { organisationId } = await coveredOrganisation(deps, actor, params.organisationId);
  const request = await deps.hours.request(organisationId, params.requestId);
  if (!request) throw new ProblemError('not-found');
  const { approve, minutes, answer, version } = body;
  const isOther = approve && minutes !== undefined && minutes !== request.minutes;
  if ((!approve || isOther) && answer === undefined) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'body.answer', why: 'missing' }] });
  }
  if (approve && minutes === 0 && request.recordId === undefined) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'body.minutes', why: 'too-small' }] });
  }
  if (isOther && minutes === request.was) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'body.minutes', why: 'unchanged' }] });
  }
  const auditId = deps.newId();
  const decided = await decideHours(deps, {
    organisationId,
    requestId: params.requestId,
    by: actor.personId,
    approve,
    minutes,
    answer,
    version,
    audit: ({ personId, recordId, date, granted }) =>
      audited(deps, actor, {
        action: `${recordId === undefined ? 'hours' : 'hours-correction'}-${approve ? 'approved' : 'rejected'}`,
        subjects: [personId],
        change: { organisationId, date, ...(granted !== undefined && { minutes: granted }) },
        id: auditId,
      }),
    idempotency,
  });
  switch (decided.kind) {
    case 'done':
      return requestView(decided.request);
    case 'more-than-a-day':
      throw new ProblemError('invalid-input', { fields: [{ path: 'body.minutes', why: 'too-big' }] });
    case 'own-request':
      throw new ProblemError('own-hours');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    default:
      throw new ProblemError(decided.kind);
  }
};
