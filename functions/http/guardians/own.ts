import { auditItem } from '../../../shared/store/audit.ts';
import type { EventItem } from '../../../shared/store/items/index.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
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

export const recordOf = (deps: GuardiansDeps, event: EventItem, by: string, action: string, personId: string) => ({
  Put: auditItem({
    by,
    action,
    scope: event.eventId,
    zone: event.zone,
    at: nowOf(deps),
    subjects: [personId],
    id: deps.newId(),
  }),
});
