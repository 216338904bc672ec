import type { precheck } from '../../../shared/contract/precheck.ts';
import { CONSENT_PURPOSES } from '../../../shared/domain/vocabulary.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { consentView } from './consent-view.ts';
import type { PrecheckDeps } from './deps.ts';

type Routes = (typeof precheck)['routes'];

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
