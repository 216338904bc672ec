import type { events } from '../../../shared/contract/events.ts';
import { publishFaults } from '../../../shared/domain/events.ts';
import { publishEvent } from '../../../shared/store/events.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { answered } from './answered.ts';
import type { EventsDeps } from './deps.ts';
import { ownEvent } from './own.ts';

type Routes = (typeof events)['routes'];

export const publishDraft: RouteHandler<Routes['POST /api/events/{eventId}/publish'], EventsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const before = await ownEvent(deps, actor, params.eventId);
  if (before.status === 'draft') {
    const fields = publishFaults(before, new Date(deps.clock.now()).toISOString());
    if (fields.length > 0) throw new ProblemError('event-incomplete', { fields });
  }
  return await answered(deps, await publishEvent(deps, before, { version: body.version, idempotency }));
};
