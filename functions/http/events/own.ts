import type { EventItem, OrganisationItem } from '../../../shared/store/items/index.ts';
import { type Actor, requireOrganisation } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';

/** An event of one of the caller's organisations. Another's is `forbidden` once published; before, it is not there. */
export async function ownEvent(deps: EventsDeps, actor: Actor, eventId: string): Promise<EventItem> {
  const event = await deps.events.get(eventId);
  if (!event) throw new ProblemError('not-found');
  const organises = actor.roles.some(({ role, scope }) => role === 'organiser' && scope === event.organisationId);
  if (!organises) throw new ProblemError(event.status === 'published' ? 'forbidden' : 'not-found');
  return event;
}

/** An organisation the caller organises for. */
export async function ownOrganisation(
  deps: EventsDeps,
  actor: Actor,
  organisationId: string,
): Promise<OrganisationItem> {
  requireOrganisation(actor, organisationId);
  const organisation = await deps.events.organisation(organisationId);
  if (!organisation) throw new ProblemError('not-found');
  return organisation;
}
