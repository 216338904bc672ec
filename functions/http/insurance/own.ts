import type { EventItem } from '../../../shared/store/items/index.ts';
import type { Actor } from '../../runtime/actor.ts';
import { withPart } from '../../runtime/event-part.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { InsuranceDeps } from './deps.ts';

/** An event of the caller's own organisation that insures its volunteers: whoever insures them is who holds the list. */
export async function insuringEvent(deps: InsuranceDeps, actor: Actor, eventId: string): Promise<EventItem> {
  const { event } = withPart(actor, await deps.events.get(eventId), ['owner']);
  if (event.status === 'draft' || !event.insures) throw new ProblemError('wrong-state');
  return event;
}
