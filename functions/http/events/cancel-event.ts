import type { events } from '../../../shared/contract/events.ts';
import { cancelEvent } from '../../../shared/store/events.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { answered } from './answered.ts';
import type { EventsDeps } from './deps.ts';
import { ownEvent } from './own.ts';

type Routes = (typeof events)['routes'];

/** An event that is over cannot be called off. Those signed up are released by what follows the table's stream. */
export const cancelOwnEvent: RouteHandler<Routes['POST /api/events/{eventId}/cancel'], EventsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const before = await ownEvent(deps, actor, params.eventId);
  const over = before.endsAt <= new Date(deps.clock.now()).toISOString();
  if (before.status === 'published' && over) throw new ProblemError('wrong-state');
  return await answered(deps, await cancelEvent(deps, before, { version: body.version, idempotency }));
};
