import type { events } from '../../../shared/contract/events.ts';
import { dateOf } from '../../../shared/domain/events.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import type { EventsDeps } from './deps.ts';
import { followersOf } from './followers.ts';
import { ownEvent } from './own.ts';
import { takenOfEvent } from './taken.ts';

type Routes = (typeof events)['routes'];

export const listFollowing: RouteHandler<Routes['GET /api/events/{eventId}/following'], EventsDeps> = async (
  { actor, params },
  deps,
) => {
  const event = await ownEvent(deps, actor, params.eventId);
  const followers = await followersOf(deps, event);
  const taken = await Promise.all(followers.map(async (each) => await takenOfEvent(deps, each)));
  return {
    items: followers.map((each, n) => ({
      eventId: each.eventId,
      date: dateOf(each),
      status: each.status,
      taken: taken[n] ?? 0,
    })),
  };
};
