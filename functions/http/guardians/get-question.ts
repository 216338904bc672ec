import type { guardians } from '../../../shared/contract/guardians.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { GuardiansDeps } from './deps.ts';
import { questionView } from './views.ts';

type Routes = (typeof guardians)['routes'];

export const getQuestion: RouteHandler<Routes['GET /api/guardians/{code}'], GuardiansDeps> = async (
  { params },
  deps,
) => {
  const item = await deps.guardians.byCode(params.code);
  if (!item) throw new ProblemError('not-found');
  return await questionView(deps, item);
};
