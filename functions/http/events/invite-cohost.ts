import type { events } from '../../../shared/contract/events.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { cohostStep } from './cohost-step.ts';
import type { EventsDeps } from './deps.ts';
import { ownEvent, someOrganisation } from './own.ts';

type Routes = (typeof events)['routes'];

export const inviteCohost: RouteHandler<Routes['POST /api/events/{eventId}/cohosts'], EventsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { eventId, status } = await ownEvent(deps, actor, params.eventId);
  const organisation = await someOrganisation(deps, body.organisationId);
  if (status !== 'draft' && status !== 'published') throw new ProblemError('wrong-state');
  return await cohostStep(deps, actor, { eventId, organisation, step: 'invite', idempotency });
};
