import type { desk } from '../../../shared/contract/desk.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import { wasAccepted } from '../../../shared/store/accepted.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { editProfile } from '../../../shared/store/transactions/edit-profile.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { coveredSite, recordOf } from './covered.ts';
import type { DeskDeps } from './deps.ts';
import { personView } from './views.ts';

type Routes = (typeof desk)['routes'];

export const completeProfile: RouteHandler<Routes['POST /api/desk/people/{personId}/profile'], DeskDeps> = async (
  { actor, params: { personId }, body, idempotency },
  deps,
) => {
  const { siteId, version, agreed: _, ...change } = body;
  const site = await coveredSite(deps, actor, siteId);
  const [profile, lock] = await Promise.all([deps.people.profile(personId), deps.people.lock(personId)]);
  if (!profile || lock?.status !== 'active') throw new ProblemError('not-found');
  const isRepeat = wasAccepted(profile.accepted, idempotency) !== undefined;
  // What somebody has said of themselves is theirs to change, or their document's.
  const said = (['name', 'birthDate', 'sex'] as const).filter((part) => change[part] !== undefined && profile[part]);
  if (said.length > 0 && !isRepeat) {
    throw new ProblemError('invalid-input', { fields: said.map((path) => ({ path, why: 'not-allowed' })) });
  }
  const { birthDate } = change;
  if (birthDate && (birthDate > localDateOf(nowOf(deps), site.zone) || birthDate < '1900-01-01')) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'birthDate', why: 'not-allowed' }] });
  }
  const answer = await editProfile(deps.engine, {
    personId,
    version,
    change,
    idempotency,
    // Which, and never what.
    audit: recordOf(deps, site, actor.personId, 'profile-completed', [personId], {
      fields: Object.keys(change).sort().join(' '),
    }),
  });
  if (answer === 'key-reused') throw new ProblemError('idempotency-key-reused');
  if (answer !== 'done') throw new ProblemError(answer);
  const after = await deps.people.profile(personId);
  if (!after) throw new ProblemError('not-found');
  return personView(after);
};
