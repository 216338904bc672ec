import type { hours } from '../../../shared/contract/hours.ts';
import type { ProblemCode } from '../../../shared/contract/problem.ts';
import { type CertifyAnswer, certify } from '../../../shared/store/transactions/certify.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { certificateView } from '../../runtime/hours-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { HoursDeps } from './deps.ts';
import { idOf } from './own.ts';

type Routes = (typeof hours)['routes'];

const PROBLEM_OF: Record<Exclude<CertifyAnswer['kind'], 'done'>, ProblemCode> = {
  'not-ready': 'certificate-not-ready',
  'no-name': 'name-missing',
  nothing: 'nothing-to-certify',
  'too-many': 'too-many-certificates',
  'wrong-state': 'wrong-state',
  'not-found': 'not-found',
  'key-reused': 'idempotency-key-reused',
};

export const makeCertificate: RouteHandler<Routes['POST /api/me/service/certificates'], HoursDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const { from, to } = body;
  if (from && to && to < from) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'body.to', why: 'ends-before' }] });
  }
  const answer = await certify(deps, {
    personId: actor.personId,
    organisationId: body.organisationId,
    from,
    to,
    awardOnly: body.awardOnly ?? false,
    certificateId: idOf('certificate', idempotency),
    idempotency,
  });
  if (answer.kind !== 'done') throw new ProblemError(PROBLEM_OF[answer.kind]);
  return certificateView(answer.certificate);
};
