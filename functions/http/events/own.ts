import type { EventItem, OrganisationItem } from '../../../shared/store/items/index.ts';
import { type Actor, requireOrganisation } from '../../runtime/actor.ts';
import { type Part, withPart } from '../../runtime/event-part.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';

/** An event in which the caller has one of these parts. */
export const eventWith = async (
  deps: EventsDeps,
  actor: Actor,
  eventId: string,
  parts: readonly Part[],
): Promise<{ event: EventItem; part: Part }> => withPart(actor, await deps.events.get(eventId), parts);

/** An event of one of the caller's own organisations: what it is, whether it takes place and who co-hosts it is theirs alone. */
export const ownEvent = async (deps: EventsDeps, actor: Actor, eventId: string): Promise<EventItem> =>
  (await eventWith(deps, actor, eventId, ['owner'])).event;

/** An event that the caller helps to run, as its owner or a co-host. */
export const runEvent = async (deps: EventsDeps, actor: Actor, eventId: string): Promise<EventItem> =>
  (await eventWith(deps, actor, eventId, ['owner', 'cohost'])).event;

/** An organisation the caller organises for. */
export async function ownOrganisation(
  deps: EventsDeps,
  actor: Actor,
  organisationId: string,
): Promise<OrganisationItem> {
  requireOrganisation(actor, organisationId);
  return await someOrganisation(deps, organisationId);
}

export async function someOrganisation(deps: EventsDeps, organisationId: string): Promise<OrganisationItem> {
  const organisation = await deps.events.organisation(organisationId);
  if (!organisation) throw new ProblemError('not-found');
  return organisation;
}
