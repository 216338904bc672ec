import type { teams } from '../../../shared/contract/teams.ts';
import { signUpTeam } from '../../../shared/store/transactions/team.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { shortCode } from '../../runtime/short-code.ts';
import { refusedWith } from './answered.ts';
import type { TeamsDeps } from './deps.ts';
import { teamView } from './views.ts';

type Routes = (typeof teams)['routes'];

export const make: RouteHandler<Routes['POST /api/events/{eventId}/teams'], TeamsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const event = await deps.events.get(params.eventId);
  if (event?.status !== 'published') throw new ProblemError('not-found');
  if (!event.shifts.some(({ slotId }) => slotId === body.slotId)) throw new ProblemError('not-found');
  if (event.mostTeam === undefined) throw new ProblemError('wrong-state');
  if (body.members.length + 1 > event.mostTeam) {
    const fault = { path: 'members', why: 'team-too-big', params: { most: event.mostTeam } } as const;
    throw new ProblemError('invalid-input', { fields: [fault] });
  }
  const answer = await signUpTeam(deps.engine, {
    leadId: actor.personId,
    slotId: body.slotId,
    name: body.name,
    members: body.members,
    newCode: () => shortCode(deps.newId()),
    idempotency,
  });
  if (answer.kind !== 'done') return refusedWith(answer);
  return await teamView(deps, answer.team);
};
