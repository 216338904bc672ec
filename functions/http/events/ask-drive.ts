import type { events } from '../../../shared/contract/events.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';
import { driveStep } from './drive-step.ts';
import { ownEvent } from './own.ts';

type Routes = (typeof events)['routes'];

export const askDrive: RouteHandler<Routes['POST /api/events/{eventId}/drive'], EventsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { eventId } = await ownEvent(deps, actor, params.eventId);
  const site = await deps.sites.get(body.siteId);
  if (!site) throw new ProblemError('not-found');
  return await driveStep(deps, actor, { eventId, step: 'ask', site, version: body.version, idempotency });
};
