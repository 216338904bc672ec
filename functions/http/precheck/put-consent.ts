import type { precheck } from '../../../shared/contract/precheck.ts';
import { CONSENT_WORDING } from '../../../shared/domain/vocabulary.ts';
import { setConsent } from '../../../shared/store/transactions/set-consent.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { consentView } from './consent-view.ts';
import type { PrecheckDeps } from './deps.ts';

type Routes = (typeof precheck)['routes'];

export const putConsent: RouteHandler<Routes['PUT /api/precheck/consents/{purpose}'], PrecheckDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { purpose } = params;
  // Nobody agrees to words that are not those of today; withdrawing does not depend on any.
  if (body.given && body.wording !== CONSENT_WORDING[purpose]) throw new ProblemError('changed-meanwhile');
  const answer = await setConsent(deps.engine, { personId: actor.personId, purpose, ...body, idempotency });
  switch (answer) {
    case 'done':
      return consentView(purpose, await deps.declared.consent(actor.personId, purpose));
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    default:
      throw new ProblemError(answer);
  }
};
