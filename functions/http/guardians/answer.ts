import type { guardians } from '../../../shared/contract/guardians.ts';
import { answerGuardian } from '../../../shared/store/transactions/guardian-consent.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { answered } from './answered.ts';
import type { GuardiansDeps } from './deps.ts';
import { questionView } from './views.ts';

type Routes = (typeof guardians)['routes'];

export const answer: RouteHandler<Routes['POST /api/guardians/{code}'], GuardiansDeps> = async (
  { params, body, idempotency },
  deps,
) =>
  await questionView(
    deps,
    answered(await answerGuardian(deps.engine, { code: params.code, step: body.step, idempotency })),
  );
