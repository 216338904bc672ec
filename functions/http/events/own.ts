import type { EventItem, OrganisationItem } from '../../../shared/store/items/index.ts';
import { type Actor, requireOrganisation } from '../../runtime/actor.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { EventsDeps } from './deps.ts';

const organises = (actor: Actor, organisationId: string): boolean =>
  actor.roles.some(({ role, scope }) => role === 'organiser' && scope === organisationId);

export type Part = 'owner' | 'cohost' | 'invited';

/** What part the caller's organisations have in an event; undefined for none. */
function partOf(actor: Actor, event: EventItem): Part | undefined {
  if (organises(actor, event.organisationId)) return 'owner';
  const mine = (event.cohosts ?? []).filter(({ organisationId }) => organises(actor, organisationId));
  if (mine.some(({ status }) => status === 'accepted')) return 'cohost';
  return mine.some(({ status }) => status === 'invited') ? 'invited' : undefined;
}

/** An event in which the caller has one of these parts. Another's is `forbidden` once published; before, it is not there. */
export async function eventWith(
  deps: EventsDeps,
  actor: Actor,
  eventId: string,
  parts: readonly Part[],
): Promise<{ event: EventItem; part: Part }> {
  const event = await deps.events.get(eventId);
  if (!event) throw new ProblemError('not-found');
  const part = partOf(actor, event);
  if (part && parts.includes(part)) return { event, part };
  throw new ProblemError(part || event.status === 'published' ? 'forbidden' : 'not-found');
}

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
