import type { insurance } from '../../../shared/contract/insurance.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { insuredView } from './answered.ts';
import type { InsuranceDeps } from './deps.ts';

type Routes = (typeof insurance)['routes'];

export const getMine: RouteHandler<Routes['GET /api/me/insurance'], InsuranceDeps> = async ({ actor }, deps) =>
  await insuredView(deps, await deps.insured.get(actor.personId));
