import type { events } from '../../../shared/contract/events.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { publicView } from './views.ts';

type Routes = (typeof events)['routes'];

export const getEvent: RouteHandler<Routes['GET /api/events/{eventId}'], EventsDeps> = async ({ params }, deps) => {
  const found = await deps.one(params.eventId);
  if (found?.event.status !== 'published') throw new ProblemError('not-found');
  return publicView(found);
};
