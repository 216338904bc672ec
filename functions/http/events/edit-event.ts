import type { events } from '../../../shared/contract/events.ts';
import { editEvent } from '../../../shared/store/events.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { answered } from './answered.ts';
import type { EventsDeps } from './deps.ts';
import { ownEvent, ownOrganisation } from './own.ts';
import { planned } from './plan.ts';

type Routes = (typeof events)['routes'];

export const editDraft: RouteHandler<Routes['PUT /api/events/{eventId}'], EventsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const before = await ownEvent(deps, actor, params.eventId);
  const organisation = await ownOrganisation(deps, actor, body.organisationId);
  const answer = await editEvent(deps, before, {
    version: body.version,
    idempotency,
    organisation,
    ...planned(body),
  });
  return await answered(deps, answer);
};
