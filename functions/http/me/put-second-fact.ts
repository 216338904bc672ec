import type { me } from '../../../shared/contract/me.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { countTry } from './confirm.ts';
import type { MeDeps } from './deps.ts';
import { personView } from './person-view.ts';

type Routes = (typeof me)['routes'];

/** To change what is on record takes what is on record: a phone left on a table must not change hands so. */
export const putSecondFact: RouteHandler<Routes['PUT /api/me/second-fact'], MeDeps> = async (
  { actor: { personId }, body, idempotency },
  deps,
) => {
  const profile = await deps.people.profile(personId);
  if (!profile?.phone) throw new ProblemError('person-unknown');
  const { birthDate, phone } = profile;
  if (!birthDate) throw new ProblemError('invalid-input', { fields: [{ path: 'birthDate', why: 'missing' }] });
  if (profile.secondFact) {
    if (!body.present) throw new ProblemError('invalid-input', { fields: [{ path: 'present', why: 'missing' }] });
    await countTry(deps, phone, idempotency);
    const is = async (lastFour: string) => await deps.secondFacts.matches(personId, { birthDate, lastFour });
    // A repeat finds what it has set itself.
    if (!(await is(body.lastFour)) && !(await is(body.present))) throw new ProblemError('no-match');
    await deps.secondFacts.forgive(phone);
  }
  await deps.secondFacts.set(personId, body.lastFour);
  return await personView(deps, personId);
};
