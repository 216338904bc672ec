import type { guardians } from '../../../shared/contract/guardians.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { guardianView } from '../../runtime/guardian-view.ts';
import type { GuardiansDeps } from './deps.ts';

type Routes = (typeof guardians)['routes'];

export const listMine: RouteHandler<Routes['GET /api/me/guardians'], GuardiansDeps> = async ({ actor }, deps) => ({
  items: (await deps.guardians.ofPerson(actor.personId)).map(guardianView),
});
