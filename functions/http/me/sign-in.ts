import type { me } from '../../../shared/contract/me.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { MeDeps } from './deps.ts';
import { personView } from './person-view.ts';

type Routes = (typeof me)['routes'];

/** The ID token must be the access token's own subject: nobody links someone else's number to themselves. */
export const signIn: RouteHandler<Routes['POST /api/me/sign-in'], MeDeps> = async (
  { claims, body, language },
  deps,
) => {
  const identity = await deps.verifyIdToken(body.idToken);
  if (!identity || identity.iss !== claims.iss || identity.sub !== claims.sub)
    throw new ProblemError('identity-rejected');
  const personId = await deps.people.ensurePerson({
    ...identity,
    language: body.language ?? language,
    now: nowOf(deps.engine),
    newId: deps.newId,
  });
  return await personView(deps, personId);
};
