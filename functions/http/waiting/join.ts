import type { waiting } from '../../../shared/contract/waiting.ts';
import { joinWait } from '../../../shared/store/transactions/join-wait.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { WaitingDeps } from './deps.ts';
import { waitView } from './views.ts';

type Routes = (typeof waiting)['routes'];

export const join: RouteHandler<Routes['POST /api/waiting'], WaitingDeps> = async (
  { actor, body, language, idempotency },
  deps,
) => {
  const answer = await joinWait(deps.engine, { personId: actor.personId, ...body, idempotency });
  switch (answer.kind) {
    case 'done':
      return await waitView(deps, answer.wait, await deps.people.lock(actor.personId), language);
    case 'refused':
      throw new ProblemError('refused', { reasons: answer.reasons });
    case 'no-slot':
      throw new ProblemError('not-found');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
  }
};
