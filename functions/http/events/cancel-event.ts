import type { events } from '../../../shared/contract/events.ts';
import { dateOf } from '../../../shared/domain/events.ts';
import { newChange } from '../../../shared/store/event-changes.ts';
import { cancelEvent } from '../../../shared/store/events.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { ProblemError } from '../../runtime/problem.ts';
import { answered } from './answered.ts';
import type { EventsDeps } from './deps.ts';
import { followersOf } from './followers.ts';
import { ownEvent } from './own.ts';

type Routes = (typeof events)['routes'];

/**
 * An event that is over cannot be called off. Those signed up are released by what follows the table's stream, and so are the
 * events of its series that come after it, where they are meant too.
 */
export const cancelOwnEvent: RouteHandler<Routes['POST /api/events/{eventId}/cancel'], EventsDeps> = async (
  { actor, params, body, idempotency },
  deps,
) => {
  const before = await ownEvent(deps, actor, params.eventId);
  const at = nowOf(deps);
  if (before.status === 'published' && before.endsAt <= at) throw new ProblemError('wrong-state');
  const followers = body.scope === 'following' ? await followersOf(deps, before) : [];
  const targets = [before, ...followers].map((event) => ({ eventId: event.eventId, date: dateOf(event) }));
  const also = followers.length > 0 ? [newChange({ changeId: idempotency.key, targets, by: actor.personId, at })] : [];
  return await answered(deps, await cancelEvent(deps, before, { version: body.version, idempotency, also }));
};
