import type { events } from '../../../shared/contract/events.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { EventsDeps } from './deps.ts';

type Routes = (typeof events)['routes'];

export const listOrganisations: RouteHandler<Routes['GET /api/organisations'], EventsDeps> = async (_, deps) => ({
  items: await deps.events.organisations(),
});
