import type { events } from '../../../shared/contract/events.ts';
import { indexes } from '../../../shared/store/keys.ts';
import { requireOrganisation } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import type { EventsDeps } from './deps.ts';
import { eventView } from './views.ts';

type Routes = (typeof events)['routes'];

export const listOrganisationEvents: RouteHandler<
  Routes['GET /api/organisations/{organisationId}/events'],
  EventsDeps
> = async ({ actor, params, query }, deps) => {
  requireOrganisation(actor, params.organisationId);
  const pk = indexes.organisationEvents(params.organisationId);
  const page = await deps.events.ofOrganisation(params.organisationId, pageOf(query, { pkName: 'gsi2pk', pk }));
  return pageAnswer({ ...page, items: await deps.withRoom(page.items) }, eventView);
};
