import type { events } from '../../../shared/contract/events.ts';
import { partitions } from '../../../shared/store/keys.ts';
import { requireOrganisation } from '../../runtime/actor.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import type { EventsDeps } from './deps.ts';
import { eventView } from './views.ts';

type Routes = (typeof events)['routes'];

export const listCohosted: RouteHandler<
  Routes['GET /api/organisations/{organisationId}/cohosted'],
  EventsDeps
> = async ({ actor, params, query }, deps) => {
  requireOrganisation(actor, params.organisationId);
  const pk = partitions.cohosted(params.organisationId);
  const page = await deps.events.cohosted(params.organisationId, pageOf(query, { pkName: 'pk', pk }));
  const there = page.items.flatMap(({ status, event }) => (event ? [{ status, event }] : []));
  const seen = await deps.withRoom(there.map(({ event }) => event));
  const items = seen.map((event, n) => ({ event, status: there[n]?.status ?? 'invited' }));
  return pageAnswer({ ...page, items }, ({ event, status }) => ({ status, event: eventView(event) }));
};
