import type { EventItem } from '../../../shared/store/items/index.ts';
import type { Actor } from '../../runtime/actor.ts';
import { withPart } from '../../runtime/event-part.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { AttendanceDeps } from './deps.ts';

/** An event that the caller helps to run. It may have been called off since: who was there then has worked all the same. */
export async function runEvent(deps: AttendanceDeps, actor: Actor, eventId: string): Promise<EventItem> {
  const { event } = withPart(actor, await deps.events.get(eventId), ['owner', 'cohost']);
  if (event.status === 'draft') throw new ProblemError('wrong-state');
  return event;
}
