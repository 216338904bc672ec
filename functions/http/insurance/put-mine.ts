import type { insurance } from '../../../shared/contract/insurance.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { answered, insuredView } from './answered.ts';
import type { InsuranceDeps } from './deps.ts';
import { documentOf } from './document.ts';

type Routes = (typeof insurance)['routes'];

export const putMine: RouteHandler<Routes['PUT /api/me/insurance'], InsuranceDeps> = async (
  { actor: { personId }, body, idempotency },
  deps,
) => {
  const document = await documentOf(deps, personId, body.document);
  const input = await deps.blind(idempotency.input);
  return await insuredView(
    deps,
    answered(await deps.insured.keep({ personId, document, by: personId, idempotency: { ...idempotency, input } })),
  );
};
