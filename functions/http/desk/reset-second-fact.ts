import type { desk } from '../../../shared/contract/desk.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { resetSecondFact } from '../../../shared/store/transactions/reset-second-fact.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredSite, recordOf } from './covered.ts';
import type { DeskDeps } from './deps.ts';
import { personView } from './views.ts';

type Routes = (typeof desk)['routes'];

export const setSecondFact: RouteHandler<Routes['POST /api/desk/people/{personId}/second-fact'], DeskDeps> = async (
  { actor, params: { personId }, body, idempotency },
  deps,
) => {
  const { siteId, birthDate, lastFour, knownBy, reason } = body;
  const site = await coveredSite(deps, actor, siteId);
  if (birthDate > localDateOf(nowOf(deps), site.zone) || birthDate < '1900-01-01') {
    throw new ProblemError('invalid-input', { fields: [{ path: 'birthDate', why: 'not-allowed' }] });
  }
  const answer = await resetSecondFact(deps.engine, {
    personId,
    fact: { birthDate, lastFour },
    key: await deps.factKey(),
    site,
    audit: recordOf(deps, site, actor.personId, 'second-fact-reset', [personId], { knownBy, reason }),
    idempotency,
  });
  if (answer.kind === 'done') return personView(answer.profile);
  throw new ProblemError(answer.kind === 'key-reused' ? 'idempotency-key-reused' : answer.kind);
};
