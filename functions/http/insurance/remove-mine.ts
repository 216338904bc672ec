import type { insurance } from '../../../shared/contract/insurance.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { answered, insuredView } from './answered.ts';
import type { InsuranceDeps } from './deps.ts';

type Routes = (typeof insurance)['routes'];

export const removeMine: RouteHandler<Routes['POST /api/me/insurance/remove'], InsuranceDeps> = async (
  { actor, idempotency },
  deps,
) => await insuredView(deps, answered(await deps.insured.takeBack(actor.personId, idempotency)));
