import type * as z from 'zod';
import type { precheck } from '../../../shared/contract/precheck.ts';
import { CONSENT_PURPOSES, CONSENT_WORDING, type ConsentPurpose } from '../../../shared/domain/vocabulary.ts';
import type { ConsentItem } from '../../../shared/store/items/index.ts';
import { setConsent } from '../../../shared/store/transactions/set-consent.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { PrecheckDeps } from './deps.ts';

type Routes = (typeof precheck)['routes'];
type View = z.input<Routes['PUT /api/precheck/consents/{purpose}']['output']>;

export const listConsents: RouteHandler<Routes['GET /api/precheck/consents'], PrecheckDeps> = async (
  { actor },
  deps,
) => {
  const said = await deps.declared.consents(actor.personId);
  return {
    items: CONSENT_PURPOSES.map((purpose) =>
      consentView(
        purpose,
        said.find((it) => it.purpose === purpose),
      ),
    ),
  };
};

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

const consentView = (purpose: ConsentPurpose, item: ConsentItem | undefined): View => ({
  purpose,
  given: item?.given ?? false,
  ...(item && { wording: item.wording, at: item.at }),
  currentWording: CONSENT_WORDING[purpose],
  version: item?.version ?? 0,
});
