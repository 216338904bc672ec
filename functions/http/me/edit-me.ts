import type { me } from '../../../shared/contract/me.ts';
import { editProfile } from '../../../shared/store/transactions/edit-profile.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { MeDeps } from './deps.ts';
import { personView } from './person-view.ts';

type Routes = (typeof me)['routes'];

const OLDEST = '1900-01-01';

export const editMe: RouteHandler<Routes['PATCH /api/me'], MeDeps> = async ({ actor, body, idempotency }, deps) => {
  const { version, ...change } = body;
  const now = new Date(deps.clock.now()).toISOString();
  const today = now.slice(0, 10);
  if (change.birthDate !== undefined && (change.birthDate < OLDEST || change.birthDate > today)) {
    throw new ProblemError('invalid-input', { fields: [{ path: 'birthDate', why: 'not-allowed' }] });
  }
  const answer = await editProfile(deps.engine, {
    personId: actor.personId,
    version,
    // When they agreed to be called, or took it back, is kept with what they agreed to.
    change: { ...change, ...(change.callWish !== undefined && { callWishAt: now }) },
    idempotency,
  });
  switch (answer) {
    case 'done':
      return await personView(deps, actor.personId);
    case 'changed-meanwhile':
      throw new ProblemError('changed-meanwhile');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    case 'not-found':
      throw new ProblemError('person-unknown');
  }
};
