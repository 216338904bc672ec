import type { me } from '../../../shared/contract/me.ts';
import { askToErase } from '../../../shared/store/erase/job.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { countTry, secondFactOf } from './confirm.ts';
import type { MeDeps } from './deps.ts';

type Routes = (typeof me)['routes'];

/** Asks for the caller to be forgotten; where a second fact is on record, only with it. The tick does the rest: docs/erase.md. */
export const eraseMe: RouteHandler<Routes['POST /api/me/erase'], MeDeps> = async (
  { actor, body, idempotency },
  deps,
) => {
  const profile = await deps.people.profile(actor.personId);
  if (!profile?.phone) throw new ProblemError('person-unknown');
  if (profile.secondFact) {
    const fact = secondFactOf(body);
    if (!fact) throw new ProblemError('invalid-input', { fields: [{ path: 'lastFour', why: 'missing' }] });
    await countTry(deps, profile.phone, idempotency);
    if (!(await deps.secondFacts.matches(actor.personId, fact))) throw new ProblemError('no-match');
    await deps.secondFacts.forgive(profile.phone);
  }
  const answer = await askToErase(deps.engine, actor.personId);
  if (answer === 'not-found') throw new ProblemError('person-unknown');
  if (answer === 'last-admin') throw new ProblemError(answer);
  return { erasing: true };
};
