import type { events } from '../../../shared/contract/events.ts';
import { qualify } from '../../../shared/store/transactions/qualify.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { heldView } from './views.ts';

type Routes = (typeof events)['routes'];

export const declareSkills: RouteHandler<Routes['PUT /api/me/qualifications'], EventsDeps> = async (
  { actor, body },
  deps,
) => {
  const held = await qualify(deps, actor.personId, { kind: 'declare', skills: body.skills });
  if (!held) throw new ProblemError('person-unknown');
  return { items: heldView(held) };
};
