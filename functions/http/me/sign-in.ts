import type { me } from '../../../shared/contract/me.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler, RouteRequest } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { countTry, secondFactOf } from './confirm.ts';
import type { MeDeps } from './deps.ts';
import type { Identity } from './id-token.ts';
import { personView } from './person-view.ts';

type Routes = (typeof me)['routes'];
type Request = RouteRequest<Routes['POST /api/me/sign-in']>;

/**
 * The ID token must be the access token's own subject: nobody links someone else's number to themselves. Whether anybody is known
 * under the number is told to no one: all that calls from a new device is asked the same, and answered the same.
 */
export const signIn: RouteHandler<Routes['POST /api/me/sign-in'], MeDeps> = async (request, deps) => {
  const { claims, body, device } = request;
  const identity = await deps.verifyIdToken(body.idToken);
  if (!identity || identity.iss !== claims.iss || identity.sub !== claims.sub)
    throw new ProblemError('identity-rejected');
  const known = await deps.people.linkOf(claims, { device, now: nowOf(deps.engine) });
  const personId = known?.personId ?? (await introduced(request, identity, deps));
  return await personView(deps, personId);
};

/** Who somebody on a new device says they are. */
async function introduced({ body, device, language, idempotency }: Request, identity: Identity, deps: MeDeps) {
  const fact = secondFactOf(body);
  if (!fact && !body.isNew) throw new ProblemError('person-unknown');
  if (!device)
    throw new ProblemError('invalid-input', { fields: [{ path: 'header.x-nuanliu-device', why: 'missing' }] });
  await countTry(deps, identity.phone, idempotency);
  const at = { iss: identity.iss, sub: identity.sub, device };
  if (!fact) {
    const person = { personId: `p${deps.newId()}`, phone: identity.phone, language: body.language ?? language };
    return await deps.secondFacts.begin(at, person);
  }
  const found = await deps.secondFacts.find(identity.phone, fact);
  if (!found) throw new ProblemError('no-match');
  const linked = await deps.secondFacts.link({ ...at, phone: identity.phone }, found);
  if (!linked) throw new ProblemError('no-match');
  await deps.secondFacts.forgive(identity.phone);
  return linked;
}
