import type { events } from '../../../shared/contract/events.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { EventsDeps } from './deps.ts';
import { driveStep } from './drive-step.ts';
import { ownEvent } from './own.ts';

type Routes = (typeof events)['routes'];

export const endDrive: RouteHandler<Routes['POST /api/events/{eventId}/drive/end'], EventsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const { eventId } = await ownEvent(deps, actor, params.eventId);
  return await driveStep(deps, actor, { eventId, step: 'end', site: undefined, version: body.version, idempotency });
};
