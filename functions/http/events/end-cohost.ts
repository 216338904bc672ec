import type { events } from '../../../shared/contract/events.ts';
import { requireOrganisation } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { cohostStep } from './cohost-step.ts';
import type { EventsDeps } from './deps.ts';
import { eventWith, someOrganisation } from './own.ts';

type Routes = (typeof events)['routes'];

/** The owner takes it back, or the co-host leaves: from the next request on its organisers see nobody's name any more. */
export const endCohost: RouteHandler<
  Routes['POST /api/events/{eventId}/cohosts/{organisationId}/end'],
  EventsDeps
> = async ({ actor, params, idempotency }, deps) => {
  const { part } = await eventWith(deps, actor, params.eventId, ['owner', 'cohost', 'invited']);
  if (part !== 'owner') requireOrganisation(actor, params.organisationId);
  const organisation = await someOrganisation(deps, params.organisationId);
  return await cohostStep(deps, actor, { eventId: params.eventId, organisation, step: 'end', idempotency });
};
