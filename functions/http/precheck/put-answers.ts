import type { precheck } from '../../../shared/contract/precheck.ts';
import { answerFaults, type PrecheckAnswer } from '../../../shared/domain/precheck.ts';
import { saveAnswers } from '../../../shared/store/transactions/save-answers.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { PrecheckDeps } from './deps.ts';
import { myPrecheck } from './my-precheck.ts';
import { rulesOf } from './rules-of.ts';

type Routes = (typeof precheck)['routes'];

export const putAnswers: RouteHandler<Routes['PUT /api/precheck/answers'], PrecheckDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const { pack, today } = await rulesOf(deps, body.siteId);
  const answers = body.answers as readonly PrecheckAnswer[];
  const faults = answerFaults(pack, answers, today);
  if (faults.length > 0) {
    const fields = faults.map(({ path, why }) => ({ path: ['answers', ...path].join('.'), why }));
    throw new ProblemError('invalid-input', { fields });
  }
  const { personId } = actor;
  const input = { personId, pack, version: body.version, answers, on: today, idempotency };
  const answer = await saveAnswers(deps.engine, input);
  switch (answer) {
    case 'done':
      return await myPrecheck(deps, personId, body.siteId);
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    case 'no-consent':
      throw new ProblemError('consent-missing');
    default:
      throw new ProblemError(answer);
  }
};
