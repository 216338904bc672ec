import type { teams } from '../../../shared/contract/teams.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { TeamsDeps } from './deps.ts';
import { teamViews } from './views.ts';

type Routes = (typeof teams)['routes'];

export const listMine: RouteHandler<Routes['GET /api/events/{eventId}/teams'], TeamsDeps> = async (
  { actor, params },
  deps,
) => {
  const led = await deps.teams.ledBy(actor.personId);
  return {
    items: await teamViews(
      deps,
      led.filter(({ eventId }) => eventId === params.eventId),
    ),
  };
};
