import type { events } from '../../../shared/contract/events.ts';
import { localDateOf } from '../../../shared/domain/local-time.ts';
import type { RouteHandler } from '../../runtime/area-handler.ts';
import { pageAnswer } from '../../runtime/page.ts';
import type { EventsDeps, WithRoom } from './deps.ts';
import { publicView } from './views.ts';

type Routes = (typeof events)['routes'];

const MINUTE = 60_000;
/** No zone is further ahead of UTC: wherever an event is, the date has not begun before this. */
const FURTHEST_AHEAD = 14 * 60 * MINUTE;

export const listEvents: RouteHandler<Routes['GET /api/events'], EventsDeps> = async ({ query }, deps) =>
  pageAnswer(await publicPage(deps, query), publicView);

type Query = { from?: string | undefined; limit?: number | undefined; cursor?: string | undefined };

/** A page of what the public sees; everybody who asks for it in a minute shares its read. */
export async function publicPage(deps: EventsDeps, query: Query) {
  const now = deps.clock.now();
  // To the minute, so that everyone asking now shares one read.
  const from = query.from ? Date.parse(query.from) - FURTHEST_AHEAD : Math.floor(now / MINUTE) * MINUTE;
  const page = await deps.published(new Date(from).toISOString(), query);
  const wanted = ({ event }: WithRoom) =>
    query.from ? localDateOf(event.endsAt, event.zone) >= query.from : event.endsAt > new Date(now).toISOString();
  return { ...page, items: page.items.filter(wanted) };
}
