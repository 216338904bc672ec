import type { events } from '../../../shared/contract/events.ts';
import { requireOrganisation } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { cohostStep } from './cohost-step.ts';
import type { EventsDeps } from './deps.ts';
import { eventWith, someOrganisation } from './own.ts';

type Routes = (typeof events)['routes'];

export const answerCohost: RouteHandler<
  Routes['POST /api/events/{eventId}/cohosts/{organisationId}/answer'],
  EventsDeps
> = async ({ actor, params, body, idempotency }, deps) => {
  await eventWith(deps, actor, params.eventId, ['owner', 'cohost', 'invited']);
  requireOrganisation(actor, params.organisationId);
  const organisation = await someOrganisation(deps, params.organisationId);
  const said = body.accept ? 'accept' : 'decline';
  return await cohostStep(deps, actor, { eventId: params.eventId, organisation, step: said, idempotency });
};
