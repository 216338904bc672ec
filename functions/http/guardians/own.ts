import type { EventItem } from '../../../shared/store/items/index.ts';
import type { Actor } from '../../runtime/actor.ts';
import { withPart } from '../../runtime/event-part.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { GuardiansDeps } from './deps.ts';

/** An event of the caller's own organisation: it has the paper, and answers for it. */
export async function ownEvent(deps: GuardiansDeps, actor: Actor, eventId: string): Promise<EventItem> {
  const { event } = withPart(actor, await deps.events.get(eventId), ['owner']);
  if (event.status === 'draft') throw new ProblemError('wrong-state');
  return event;
}
